using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>删除群二维码: what was counted stays with the code.</summary>
internal static class DeleteSlot
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(SlotId id, HuomaDb db, TimeProvider time, CancellationToken ct)
    {
        await using var edit = await SlotEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        edit.Slot.Delete(time.GetUtcNow());
        await edit.SaveAsync(ct);
        return TypedResults.NoContent();
    }
}
