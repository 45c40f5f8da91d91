using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>The slots of groups that robots build: they go by members, and nobody types them in.</summary>
internal static class GroupSlots
{
    /// <param name="number">编号 of the group: slots are used in its order, whichever QR came first.</param>
    public static Slot Add(HuomaDb db, LiveCode liveCode, int number, string groupName, DateTimeOffset now)
    {
        var slot = new Slot(NewId.Of<Slot>(), liveCode, number, now);

        // The end of a long name tells the groups of a code apart.
        slot.Describe(groupName.Length > Slot.NameMaxLength ? groupName[^Slot.NameMaxLength..] : groupName, supportWeChatId: null);
        slot.SwitchesAt(Slot.NoThreshold);
        db.Slots.Add(slot);
        return slot;
    }
}
