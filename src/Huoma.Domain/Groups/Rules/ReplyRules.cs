namespace Huoma.Domain.Groups.Rules;

/// <summary>Whether the robot answers something that happened in a group.</summary>
public abstract record ReplyDecision
{
    private ReplyDecision()
    {
    }

    /// <param name="At">When it happened: the interval begins then.</param>
    /// <param name="Until">Later it is no answer any more and is not sent.</param>
    public sealed record Reply(DateTimeOffset At, DateTimeOffset Until) : ReplyDecision;

    public sealed record Silence(SilenceReason Reason) : ReplyDecision;
}

/// <summary>Why the robot says nothing.</summary>
public enum SilenceReason
{
    Off = 1,

    /// <summary>It answered a moment ago (间隔时间内).</summary>
    Interval = 2,

    /// <summary>It happened long ago: the robot was away.</summary>
    TooLate = 3,
}

/// <summary>间隔 of 欢迎语 and 图片提醒 (D30): answered at once, then silence for so many seconds, for each group. What is late is not answered at all.</summary>
public static class ReplyRules
{
    public const int IntervalDefault = 10;
    public const int IntervalMax = 3_600;

    /// <summary>How long after it happened an answer may still be begun.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    /// <param name="last">When the one happened that was answered last in this group.</param>
    /// <param name="at">When this one happened, by the platform's clock.</param>
    public static ReplyDecision Decide(bool enabled, int intervalSeconds, DateTimeOffset? last, DateTimeOffset at, DateTimeOffset now)
    {
        if (!enabled)
        {
            return new ReplyDecision.Silence(SilenceReason.Off);
        }

        // A clock that is ahead must not silence the group until ours has come there.
        var happened = at < now ? at : now;
        if (now - happened >= Lasts)
        {
            return new ReplyDecision.Silence(SilenceReason.TooLate);
        }

        return last is { } before && before <= now && happened < before + TimeSpan.FromSeconds(intervalSeconds)
            ? new ReplyDecision.Silence(SilenceReason.Interval)
            : new ReplyDecision.Reply(happened, happened + Lasts);
    }
}
