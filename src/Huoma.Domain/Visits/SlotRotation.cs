using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Visits;

/// <summary>What the choice of a slot depends on, besides the slots.</summary>
/// <param name="SeatLease">How long a seat is kept for who does not press; null: for ever, or there is no cap (U4).</param>
public sealed record RotationRules(LiveCodeStatus Status, bool IsDeleted, bool Sticky, bool HasWelcomePage, TimeSpan? SeatLease = null);

/// <summary>Why a visitor saw the slot he saw (U6); the numbers are stored.</summary>
public enum ShowReason
{
    /// <summary>The first slot that is on, not expired and below its threshold.</summary>
    FirstUsable = 1,

    /// <summary>防重复进群: the slot he saw before.</summary>
    Bound = 2,

    /// <summary>His earlier slot is gone, off or expired; he got another.</summary>
    Rebound = 3,
}

/// <summary>Why there was nothing to show (D18); the numbers are stored.</summary>
public enum OffDutyReason
{
    Closed = 11,
    Deleted = 12,
    NoSlot = 13,
    AllFull = 14,
    AllExpired = 15,
}

/// <summary>What a visitor is to see.</summary>
public abstract record RotationDecision
{
    private RotationDecision()
    {
    }

    public sealed record Show(SlotState Slot, ShowReason Reason) : RotationDecision;

    /// <summary>店小二已下班.</summary>
    public sealed record OffDuty(OffDutyReason Reason) : RotationDecision;
}

/// <summary>Chooses the slot for a visitor (spec E.1). Pure: the same input gives the same answer on every process and database.</summary>
public static class SlotRotation
{
    /// <param name="slots">The slots that are not deleted, in ascending position.</param>
    /// <param name="boundTo">The slot and round this visitor is bound to, if any.</param>
    public static RotationDecision Decide(RotationRules rules, IReadOnlyList<SlotState> slots, SlotVisitor? boundTo, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(slots);
        if (rules.IsDeleted)
        {
            return new RotationDecision.OffDuty(OffDutyReason.Deleted);
        }

        if (rules.Status == LiveCodeStatus.Off)
        {
            return new RotationDecision.OffDuty(OffDutyReason.Closed);
        }

        // 防重复进群: even a full slot is shown again, for its visitor may be in that group already (D7).
        var bound = rules.Sticky ? boundTo : null;
        if (bound is not null && Find(slots, bound.SlotId) is { } seen && seen.IsUsable(now) && IsStillHis(seen, bound))
        {
            return new RotationDecision.Show(seen, ShowReason.Bound);
        }

        foreach (var slot in slots)
        {
            if (slot.IsUsable(now) && slot.HasRoom)
            {
                return new RotationDecision.Show(slot, bound is null ? ShowReason.FirstUsable : ShowReason.Rebound);
            }
        }

        return new RotationDecision.OffDuty(WhyNone(slots, now));
    }

    // With a cap (U4), who has no seat there (it went back, or the slot holds another group now) takes one or goes on.
    private static bool IsStillHis(SlotState slot, SlotVisitor bound) =>
        slot.SeatCap is null || slot.HasRoom || (bound.HasSeat && bound.IsAbout(slot.Id, slot.Round));

    private static SlotState? Find(IReadOnlyList<SlotState> slots, SlotId id)
    {
        foreach (var slot in slots)
        {
            if (slot.Id == id)
            {
                return slot;
            }
        }

        return null;
    }

    private static OffDutyReason WhyNone(IReadOnlyList<SlotState> slots, DateTimeOffset now)
    {
        var enabled = slots.Where(slot => slot.Enabled).ToList();
        if (enabled.Count == 0)
        {
            return OffDutyReason.NoSlot;
        }

        return enabled.TrueForAll(slot => !slot.IsUsable(now)) ? OffDutyReason.AllExpired : OffDutyReason.AllFull;
    }
}
