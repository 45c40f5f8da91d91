using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>The slots of one code in their order, and how the rotation sees each; both lists in the same order.</summary>
internal sealed record LoadedSlots(IReadOnlyList<Slot> Slots, IReadOnlyList<SlotState> States);

/// <summary>Reads the slots of a code as the next batch of visits will find them.</summary>
internal sealed class SlotStateQueries(HuomaDb db, VisitCountQueries counts)
{
    public async Task<LoadedSlots> LoadAsync(LiveCode liveCode, DateTimeOffset now, CancellationToken ct)
    {
        var cap = liveCode.Seats.Cap;
        var slots = await db.Slots.AsNoTracking().Where(slot => slot.LiveCodeId == liveCode.Id).OrderBy(slot => slot.Position).ThenBy(slot => slot.Id).ToListAsync(ct);
        var pressed = await counts.PressVisitorsAsync([liveCode.Id], ct);
        var seated = await counts.SeatsTakenAsync(cap is null ? [] : [liveCode.Id], now, ct);
        return new LoadedSlots(slots, slots.ConvertAll(slot => new SlotState(
            slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold, pressed.GetValueOrDefault((slot.Id, slot.Round)), cap,
            seated.GetValueOrDefault((slot.Id, slot.Round)), membersLeft: slot.MembersLeft)));
    }
}
