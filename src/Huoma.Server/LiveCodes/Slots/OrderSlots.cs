using System.ComponentModel.DataAnnotations;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>Drags the slots of a code into another order (D6).</summary>
internal static class OrderSlots
{
    /// <param name="Ids">All its slots, in the new order.</param>
    [SchemaExample("""{ "ids": ["5Vd1Rt8Ys3K", "2Qk9Zx7Lm0B"] }""")]
    public sealed record Request([property: Required] IReadOnlyList<SlotId>? Ids);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(LiveCodeId id, Request request, HuomaDb db, CancellationToken ct)
    {
        if (request.Ids is not { } ids)
        {
            return Problems.Invalid("ids", "不能为空");
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var slots = await db.Slots.Where(slot => slot.LiveCodeId == id).ToListAsync(ct);
        if (Slot.Arrange(slots, ids) is { } refusal)
        {
            return refusal.ToProblem();
        }

        edit.LiveCode.SlotsChanged();
        await edit.SaveAsync(ct);
        return TypedResults.NoContent();
    }
}
