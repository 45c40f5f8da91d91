using System.ComponentModel.DataAnnotations;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Bulk;

/// <summary>批量开启、关闭: switches several codes on or off at once; each id is answered for.</summary>
internal static class TurnLiveCodes
{
    [SchemaExample("""{ "ids": ["2Qk9Zx7Lm0B", "5Vd1Rt8Ys3K"], "status": "off" }""")]
    public sealed record Request([property: Required] IReadOnlyList<string>? Ids, [property: Required] LiveCodeStatus? Status);

    public static async Task<Results<Ok<BulkResponse>, ProblemHttpResult>> Handle(Request request, BulkEdit edit, CancellationToken ct)
    {
        var errors = new FieldErrors().Ids(request.Ids).Given("status", request.Status);
        return errors.Any(out var problem) || request is not { Ids: { } ids, Status: { } status }
            ? problem ?? Problems.NotFound()
            : TypedResults.Ok(await edit.RunAsync(ids, (liveCode, _) => Turn(liveCode, status), ct));
    }

    private static BulkOutcome Turn(LiveCode liveCode, LiveCodeStatus status)
    {
        if (liveCode.Status == status)
        {
            return BulkOutcome.Unchanged;
        }

        liveCode.Turn(status);
        return BulkOutcome.Done;
    }
}
