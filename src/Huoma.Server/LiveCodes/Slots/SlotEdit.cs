using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>A change of one slot: its code is locked, then the slot is read.</summary>
internal sealed class SlotEdit : IAsyncDisposable
{
    private readonly LiveCodeEdit edit;

    private SlotEdit(LiveCodeEdit edit, Slot slot)
    {
        this.edit = edit;
        Slot = slot;
    }

    public LiveCode LiveCode => edit.LiveCode;

    public Slot Slot { get; }

    /// <summary>Null when there is no such slot (any more).</summary>
    public static Task<SlotEdit?> BeginAsync(HuomaDb db, SlotId id, CancellationToken ct) => LockAsync(db, db.Slots.Where(slot => slot.Id == id), ct);

    /// <summary>Of a slot that was deleted while its code was not; null when there is no such one.</summary>
    public static Task<SlotEdit?> BeginDeletedAsync(HuomaDb db, SlotId id, CancellationToken ct) =>
        LockAsync(db, db.Slots.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(slot => slot.Id == id && slot.DeletedAt != null), ct);

    public Task SaveAsync(CancellationToken ct)
    {
        LiveCode.SlotsChanged();
        return edit.SaveAsync(ct);
    }

    public ValueTask DisposeAsync() => edit.DisposeAsync();

    private static async Task<SlotEdit?> LockAsync(HuomaDb db, IQueryable<Slot> wanted, CancellationToken ct)
    {
        var liveCodeId = await wanted.Select(slot => (LiveCodeId?)slot.LiveCodeId).SingleOrDefaultAsync(ct);
        if (liveCodeId is not { } known || await LiveCodeEdit.BeginAsync(db, known, ct) is not { } edit)
        {
            return null;
        }

        if (await wanted.SingleOrDefaultAsync(ct) is { } found)
        {
            return new SlotEdit(edit, found);
        }

        await edit.DisposeAsync();
        return null;
    }
}
