namespace Huoma.Domain.Visits;

/// <summary>What a landing or an entry answers.</summary>
public abstract record VisitOutcome
{
    private VisitOutcome()
    {
    }

    public sealed record Qr(SlotId Slot, int Round, bool IsReplacement) : VisitOutcome;

    public sealed record Welcome : VisitOutcome
    {
        public static Welcome Page { get; } = new();
    }

    public sealed record OffDuty(OffDutyReason Reason) : VisitOutcome;

    /// <summary>切换: what the other code shows in place of this one.</summary>
    public sealed record HandedOver(LiveCodeId TargetId, VisitOutcome Outcome) : VisitOutcome;

    /// <summary>The code hands over to another than was asked for; nothing was counted, to be asked again with what the code says now.</summary>
    public sealed record AskAgain : VisitOutcome
    {
        public static AskAgain Now { get; } = new();
    }
}

/// <summary>What became of a press.</summary>
public enum PressOutcome
{
    Counted = 1,

    /// <summary>This very press was counted before.</summary>
    Repeated = 2,

    /// <summary>This visitor was never shown this slot and round.</summary>
    NeverShown = 3,

    /// <summary>More than <see cref="PressRules.MaxPerVisitor"/>.</summary>
    TooMany = 4,
}
