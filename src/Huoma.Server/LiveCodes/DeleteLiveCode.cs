using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>删除活码: the console no longer shows it; its printed QR answers 店小二已下班 (D18).</summary>
internal static class DeleteLiveCode
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, TimeProvider time, CancellationToken ct)
    {
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var handsOverHere = await db.LiveCodes.Where(row => row.HandOver.Enabled && row.HandOver.TargetId == id).Select(row => row.Name).FirstOrDefaultAsync(ct);
        if (edit.LiveCode.Delete(time.GetUtcNow(), handsOverHere) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.NoContent();
    }
}
