using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Deleted;

/// <summary>恢复群二维码: to its place, with its counts.</summary>
internal static class RestoreSlot
{
    public static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> Handle(
        SlotId id, HuomaDb db, SlotQueries queries, TimeProvider time, CancellationToken ct)
    {
        await using var edit = await SlotEdit.BeginDeletedAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var others = await db.Slots.Where(slot => slot.LiveCodeId == edit.LiveCode.Id).ToListAsync(ct);
        if ((edit.LiveCode.AddsSlot(others.Count) ?? edit.Slot.Restore(others, time.GetUtcNow())) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, id, ct));
    }
}
