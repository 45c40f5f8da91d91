using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Visits;

/// <summary>What the choice of a slot depends on, besides the slots.</summary>
/// <param name="SeatLease">How long a seat is kept for who does not press; null: for ever, or there is no cap (U4).</param>
/// <param name="HandOver">切换, when it is on (D10, D11).</param>
/// <param name="Recycle">循环利用: when every slot is full, all begin a new round (D14).</param>
public sealed record RotationRules(
    LiveCodeStatus Status, bool IsDeleted, bool Sticky, bool HasWelcomePage, TimeSpan? SeatLease = null, HandOverRule? HandOver = null, bool Recycle = false)
{
    /// <summary>The same rules for who was handed over to this code: he goes no further, one hop is all (D12).</summary>
    public RotationRules AsTarget() => this with { HandOver = null };
}

/// <summary>切换 that is on: to which code, and when.</summary>
/// <param name="AfterPresses">With <see cref="HandOverWhen.AfterPresses"/>: from this many presses of the whole code on.</param>
public sealed record HandOverRule(LiveCodeId TargetId, HandOverWhen When, long AfterPresses);

/// <summary>Why a visitor saw the slot he saw (U6); the numbers are stored.</summary>
public enum ShowReason
{
    /// <summary>The first slot that is on, not expired and below its threshold.</summary>
    FirstUsable = 1,

    /// <summary>防重复进群: the slot he saw before.</summary>
    Bound = 2,

    /// <summary>His earlier slot is gone, off or expired; he got another.</summary>
    Rebound = 3,

    /// <summary>循环利用: every slot was full, so all began a new round with him.</summary>
    NextRound = 4,
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

    /// <summary>切换: another code answers in place of this one.</summary>
    public sealed record HandOver(LiveCodeId TargetId, HandOverWhen When) : RotationDecision;
}

/// <summary>Chooses the slot for a visitor (spec E.1). Pure: the same input gives the same answer on every process and database.</summary>
public static class SlotRotation
{
    /// <param name="slots">The slots that are not deleted, in ascending position.</param>
    /// <param name="presses">长按识别次数 of the whole code, ever.</param>
    /// <param name="boundTo">The slot and round this visitor is bound to, if any.</param>
    public static RotationDecision Decide(RotationRules rules, IReadOnlyList<SlotState> slots, long presses, SlotVisitor? boundTo, DateTimeOffset now)
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

        // 立即 wins over every binding; the other moments leave who is bound where he is (D13).
        if (rules.HandOver is { When: HandOverWhen.Immediately } immediate)
        {
            return Go(immediate);
        }

        // 防重复进群: even a full slot is shown again, for its visitor may be in that group already (D7).
        var bound = rules.Sticky ? boundTo : null;
        if (bound is not null && Find(slots, bound.SlotId) is { } seen && seen.IsUsable(now) && IsStillHis(seen, bound))
        {
            return new RotationDecision.Show(seen, ShowReason.Bound);
        }

        if (rules.HandOver is { When: HandOverWhen.AfterPresses } enough && presses >= enough.AfterPresses)
        {
            return Go(enough);
        }

        if (NextOf(slots, now) is { } next)
        {
            return new RotationDecision.Show(next, bound is null ? ShowReason.FirstUsable : ShowReason.Rebound);
        }

        if (rules.Recycle && FirstOf(slots, now, mustHaveRoom: false) is { } again)
        {
            return new RotationDecision.Show(again, ShowReason.NextRound);
        }

        return rules.HandOver is { When: HandOverWhen.Exhausted } last ? Go(last) : new RotationDecision.OffDuty(WhyNone(slots, now));
    }

    /// <summary>What who was not here before is shown, unless the rules say something else: the first slot that is on, not expired and has room.</summary>
    public static SlotState? NextOf(IReadOnlyList<SlotState> slots, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(slots);
        return FirstOf(slots, now, mustHaveRoom: true);
    }

    private static RotationDecision.HandOver Go(HandOverRule rule) => new(rule.TargetId, rule.When);

    private static SlotState? FirstOf(IReadOnlyList<SlotState> slots, DateTimeOffset now, bool mustHaveRoom)
    {
        foreach (var slot in slots)
        {
            if (slot.IsUsable(now) && (slot.HasRoom || !mustHaveRoom))
            {
                return slot;
            }
        }

        return null;
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
