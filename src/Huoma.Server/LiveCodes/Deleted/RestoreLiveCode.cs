using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Deleted;

/// <summary>从回收站恢复活码: its printed QR works again, with the slots and counts it had.</summary>
internal static class RestoreLiveCode
{
    public static async Task<Results<Ok<LiveCodeResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, HuomaDb db, LiveCodeQueries queries, TimeProvider time, CancellationToken ct)
    {
        await using var edit = await LiveCodeEdit.BeginDeletedAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        if (edit.LiveCode.Restore(time.GetUtcNow()) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, ct));
    }
}
