using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Visits;

/// <summary>Every reason for what a visitor saw, by the numbers the log holds (U6): <see cref="ShowReason"/>, <see cref="OffDutyReason"/> and the rest of <see cref="Visit"/>.</summary>
public enum VisitReason
{
    FirstUsable = ShowReason.FirstUsable,
    Bound = ShowReason.Bound,
    Rebound = ShowReason.Rebound,
    NextRound = ShowReason.NextRound,
    Closed = OffDutyReason.Closed,
    Deleted = OffDutyReason.Deleted,
    NoSlot = OffDutyReason.NoSlot,
    AllFull = OffDutyReason.AllFull,
    AllExpired = OffDutyReason.AllExpired,
    Welcome = Visit.WelcomeReason,
    HandedOverImmediately = Visit.HandOverReason + HandOverWhen.Immediately,
    HandedOverWhenExhausted = Visit.HandOverReason + HandOverWhen.Exhausted,
    HandedOverAfterPresses = Visit.HandOverReason + HandOverWhen.AfterPresses,
}
