namespace Huoma.Domain.Visits;

/// <summary>What the visitor opened the page with; the numbers are stored.</summary>
public enum VisitClient
{
    Other = 0,
    WeChatIos = 1,
    WeChatAndroid = 2,
    WeChatDesktop = 3,
    WeCom = 4,
}

/// <summary>A scan lands on the code; an entry taps 「点击入群」 on its welcome page (D9); the numbers are stored.</summary>
public enum VisitKind
{
    Scan = 1,
    Entry = 2,
}

/// <summary>One line of the log: who came when through which entrance, what he saw and why.</summary>
/// <param name="Reason">A <see cref="ShowReason"/>, an <see cref="OffDutyReason"/>, <see cref="WelcomeReason"/>, or a moment of handing over above <see cref="HandOverReason"/>.</param>
public sealed record Visit(VisitKind Kind, long VisitorId, long ChannelId, VisitClient Client, SlotId SlotId, int Round, int Reason, DateTimeOffset At)
{
    /// <summary>The welcome page was shown; no slot was chosen yet.</summary>
    public const int WelcomeReason = 20;

    /// <summary>切换: plus the number of its <see cref="LiveCodes.HandOverWhen"/>. What he saw then is the next visit, of the other code.</summary>
    public const int HandOverReason = 30;
}

/// <summary>One accepted press.</summary>
/// <param name="PressId">Names the press, so that sending it twice counts once.</param>
public sealed record Press(long VisitorId, SlotId SlotId, int Round, long ChannelId, long PressId, DateTimeOffset At);

/// <summary>Limits of pressing.</summary>
public static class PressRules
{
    /// <summary>Most presses counted of one visitor on one slot and round; more is a machine.</summary>
    public const int MaxPerVisitor = 200;

    /// <summary>How long a page's press token is good: somebody may come back to an open page the next day.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(36);
}
