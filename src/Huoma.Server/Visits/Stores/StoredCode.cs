using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Server.Visits.Stores;

/// <summary>A slot without its counts.</summary>
internal sealed record StoredSlot(SlotId Id, int Round, bool Enabled, DateTimeOffset ExpiresAt, int Threshold, int LastRound, int? MembersLeft);

/// <summary>What is counted of a slot and round.</summary>
/// <param name="SeatsTaken">Null: not counted.</param>
internal readonly record struct SlotCount(long PressVisitors, long? SeatsTaken);

/// <summary>What of a code changes with its version only.</summary>
internal sealed record StoredCode(LiveCodeId Id, TenantId TenantId, long Version, RotationRules Rules, SeatRules Seats, IReadOnlyList<StoredSlot> Slots)
{
    /// <summary>It has to know how often it was pressed in all.</summary>
    public bool CountsPresses => Rules.HandOver is { When: HandOverWhen.AfterPresses };

    /// <summary>The code for one batch.</summary>
    /// <param name="counts">Of its slots that have any.</param>
    /// <param name="presses">Of no meaning unless it <see cref="CountsPresses"/>.</param>
    public LoadedCode With(Dictionary<(SlotId SlotId, int Round), SlotCount> counts, long presses)
    {
        var states = new List<SlotState>(Slots.Count);
        var seats = new List<long?>(Slots.Count);
        foreach (var slot in Slots)
        {
            var count = counts.GetValueOrDefault((slot.Id, slot.Round));
            seats.Add(count.SeatsTaken);
            states.Add(new SlotState(
                slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold, count.PressVisitors, Seats.Cap, count.SeatsTaken ?? 0, slot.LastRound, slot.MembersLeft));
        }

        return new LoadedCode(TenantId, Version, new LiveCodeVisits(Id, Rules, states, presses), seats);
    }

    /// <summary>切换 from its columns; null while it is off.</summary>
    public static HandOverRule? HandOverOf(long? targetId, int when, long afterPresses) =>
        targetId is { } target ? new HandOverRule(new LiveCodeId(target), (HandOverWhen)when, afterPresses) : null;
}
