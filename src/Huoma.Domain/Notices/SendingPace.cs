namespace Huoma.Domain.Notices;

/// <summary>
/// How many messages a platform takes from one channel: at most <paramref name="Burst"/> at once and then one every
/// <paramref name="Interval"/>; so never more than Burst + a minute's intervals in any minute.
/// </summary>
public sealed record SendingPace(int Burst, TimeSpan Interval)
{
    /// <summary>More notices that are due at once are told in one message: calmer, and the platform's limit is kept.</summary>
    public const int MostSingles = 5;

    /// <summary>The limits of the platforms: 企业微信 and 钉钉 20 a minute, 飞书 100 a minute and 5 a second; ours for the others.</summary>
    public static SendingPace Of(NoticeChannelKind kind) => kind switch
    {
        NoticeChannelKind.Feishu => new SendingPace(4, TimeSpan.FromSeconds(1)),
        NoticeChannelKind.Email => new SendingPace(5, TimeSpan.FromSeconds(10)),
        NoticeChannelKind.Webhook => new SendingPace(5, TimeSpan.FromSeconds(1)),
        _ => new SendingPace(5, TimeSpan.FromSeconds(4)),
    };

    /// <param name="freeAt">From when on nothing counts any more, as <see cref="After"/> left it.</param>
    public int Room(DateTimeOffset freeAt, DateTimeOffset now)
    {
        var owed = freeAt <= now ? 0 : (int)Math.Min(Burst, Math.Ceiling((freeAt - now) / Interval));
        return Burst - owed;
    }

    /// <summary>One message later.</summary>
    public DateTimeOffset After(DateTimeOffset freeAt, DateTimeOffset now) => (freeAt <= now ? now : freeAt) + Interval;

    /// <summary>How many messages tell <paramref name="due"/> notices now: each its own, one for all of them, or none yet.</summary>
    public SendingPlan Plan(int due, DateTimeOffset freeAt, DateTimeOffset now)
    {
        var room = Room(freeAt, now);
        return due == 0 || room == 0 ? SendingPlan.Wait
            : due <= Math.Min(room, MostSingles) ? SendingPlan.EachItsOwn
            : SendingPlan.OneDigest;
    }
}

public enum SendingPlan
{
    Wait = 1,
    EachItsOwn = 2,

    /// <summary>汇总.</summary>
    OneDigest = 3,
}

/// <summary>What is done when a channel does not take a message.</summary>
public static class RetryRules
{
    /// <summary>A notice that could not be delivered for so long is given up; in the console it stays.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>15 s, 30 s, 1 min … at most 30 min.</summary>
    /// <param name="failures">In a row, this one included.</param>
    public static TimeSpan WaitAfter(int failures)
    {
        var wait = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return wait < Longest ? wait : Longest;
    }
}
