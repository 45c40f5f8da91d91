namespace Huoma.Domain.Accounts;

/// <summary>How many wrong passwords are free, and how long the waits are after them.</summary>
public sealed record SignInLimits(int FreeAttempts, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan ForgetAfter);

/// <summary>
/// The wrong passwords in a row of one account or one address. Each one past the free ones doubles the wait before the next is looked at;
/// none for a while, and all are forgotten.
/// </summary>
public readonly record struct SignInAttempts(int Count, DateTimeOffset LastAt)
{
    /// <summary>How long until the next password is looked at; zero when it may come now.</summary>
    public TimeSpan Wait(DateTimeOffset now, SignInLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (Count < limits.FreeAttempts || IsForgotten(now, limits))
        {
            return TimeSpan.Zero;
        }

        var doublings = Math.Min(Count - limits.FreeAttempts, 30);
        var wait = Min(limits.FirstWait * (1L << doublings), limits.LongestWait);
        // After a step back of the clock LastAt lies ahead; nobody waits longer for that.
        return LastAt + wait > now ? Min(LastAt + wait - now, wait) : TimeSpan.Zero;
    }

    /// <summary>One more, counted before its password is looked at, so that many at once count as many.</summary>
    public SignInAttempts Add(DateTimeOffset now, SignInLimits limits) => new(IsForgotten(now, limits) ? 1 : Count + 1, now);

    /// <summary>One fewer: it was right, or was not looked at.</summary>
    public SignInAttempts TakeBack() => this with { Count = Math.Max(0, Count - 1) };

    public bool IsForgotten(DateTimeOffset now, SignInLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return now - LastAt >= limits.ForgetAfter;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
