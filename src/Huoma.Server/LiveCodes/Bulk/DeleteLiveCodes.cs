using System.ComponentModel.DataAnnotations;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Bulk;

/// <summary>批量删除: several codes go to the recycle bin at once; each id is answered for.</summary>
internal static class DeleteLiveCodes
{
    [SchemaExample("""{ "ids": ["2Qk9Zx7Lm0B", "5Vd1Rt8Ys3K"] }""")]
    public sealed record Request([property: Required] IReadOnlyList<string>? Ids);

    public static async Task<Results<Ok<BulkResponse>, ProblemHttpResult>> Handle(Request request, BulkEdit edit, TimeProvider time, CancellationToken ct)
    {
        if (new FieldErrors().Ids(request.Ids).Any(out var problem) || request.Ids is not { } ids)
        {
            return problem ?? Problems.NotFound();
        }

        var now = time.GetUtcNow();
        return TypedResults.Ok(await edit.RunAsync(
            ids,
            (liveCode, handsOverHere) => liveCode.Delete(now, handsOverHere) is null ? BulkOutcome.Done : BulkOutcome.Refused,
            ct));
    }
}
