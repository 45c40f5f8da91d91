using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Deleted;

/// <summary>The slots of a code that were deleted and can still be restored, the last one first.</summary>
internal static class ListDeletedSlots
{
    /// <param name="RestorableUntil">Exclusive.</param>
    public sealed record DeletedSlot(
        SlotId Id, LiveCodeId CodeId, string Name, string ImageUrl, DateTimeOffset ExpiresAt, DateTimeOffset DeletedAt, DateTimeOffset RestorableUntil);

    public static async Task<Results<Ok<Listing<DeletedSlot>>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Paging paging, HuomaDb db, TimeProvider time, CancellationToken ct)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var oldest = RecycleBin.Oldest(time.GetUtcNow());
        var deleted = db.Slots.IgnoreQueryFilters([HuomaDb.DeletedFilter]).AsNoTracking()
            .Where(slot => slot.LiveCodeId == id && slot.DeletedAt != null && slot.DeletedAt > oldest);
        var total = await deleted.CountAsync(ct);
        var rows = await deleted.OrderByDescending(slot => slot.DeletedAt).ThenBy(slot => slot.Id).Skip(paging.Skip).Take(paging.Size)
            .Join(db.Images, slot => slot.ImageId, image => image.Id, (slot, image) => new { Slot = slot, Image = image }).ToListAsync(ct);
        return TypedResults.Ok(new Listing<DeletedSlot>(
            [.. rows.OrderByDescending(row => row.Slot.DeletedAt).ThenBy(row => row.Slot.Id.Value).Select(row => Describe(row.Slot, row.Image.Url))],
            total, paging.Number, paging.Size));
    }

    private static DeletedSlot Describe(Slot slot, string imageUrl)
    {
        var deletedAt = slot.DeletedAt ?? default;
        return new DeletedSlot(slot.Id, slot.LiveCodeId, slot.Name, imageUrl, slot.ExpiresAt, deletedAt, deletedAt + RecycleBin.Keeps);
    }
}
