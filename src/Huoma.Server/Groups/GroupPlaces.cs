using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>Finds a group in the transaction of somebody who reacts to its robot.</summary>
internal sealed class GroupPlaces(HuomaDb db)
{
    // The code is locked before anything of it is read, as with every other edit.
    public async Task<GroupPlace?> FindAsync(GroupId id, CancellationToken ct)
    {
        var codeId = await db.Groups.Where(group => group.Id == id).Select(group => (LiveCodeId?)group.LiveCodeId).SingleOrDefaultAsync(ct);
        if (codeId is null)
        {
            return null;
        }

        var codes = db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]);
        await LiveCodeEdit.LockAsync(codes, [codeId.Value], ct);
        var liveCode = await codes.SingleAsync(row => row.Id == codeId, ct);
        var group = await db.Groups.SingleAsync(row => row.Id == id, ct);
        var slot = group.SlotId is { } slotId ? await db.Slots.SingleOrDefaultAsync(row => row.Id == slotId, ct) : null;
        return new GroupPlace(group, liveCode, slot);
    }
}

/// <summary>A group with its code, which is locked, and the slot that shows its QR; null while there is none, or when somebody deleted it.</summary>
internal sealed record GroupPlace(Group Group, LiveCode LiveCode, Slot? Slot)
{
    /// <summary>Tells the rotation how many more members it takes.</summary>
    public void TellRoom()
    {
        if (Slot is not null && Slot.MembersLeft != Group.Room)
        {
            Slot.HasRoomFor(Group.Room);
            LiveCode.SlotsChanged();
        }
    }
}
