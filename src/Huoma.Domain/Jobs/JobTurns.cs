namespace Huoma.Domain.Jobs;

/// <summary>How a run of a background job ended.</summary>
public enum JobOutcome
{
    Done = 1,

    /// <summary>It threw; it runs again at its next time.</summary>
    Failed = 2,

    /// <summary>Its process was gone before it was through.</summary>
    Lost = 3,

    /// <summary>Its process was stopped; it runs again at once in another, or at the next start.</summary>
    Stopped = 4,
}

/// <summary>A background job (后台任务) as the database tells of it.</summary>
/// <param name="Turn">How often it was begun: who begins it raises the number, so that only one does.</param>
/// <param name="Beat">Raised again and again by whoever runs it.</param>
/// <param name="IsAsked">Somebody wants it to run now.</param>
/// <param name="DueAt">When it was to run next, by the clock of who ran it last.</param>
public sealed record JobState(long Turn, long Beat, bool IsRunning, bool IsAsked, DateTimeOffset DueAt);

/// <summary>What one process has seen of a job, by its own stopwatch.</summary>
/// <param name="SinceTurn">How long it has seen this turn.</param>
/// <param name="SinceBeat">How long it has seen this beat.</param>
/// <param name="IsFirst">It has just come and knows nothing else.</param>
public readonly record struct JobSight(TimeSpan SinceTurn, TimeSpan SinceBeat, bool IsFirst);

/// <summary>
/// Who may run a job now. The processes' clocks need not agree, nor go forward: each measures with its own stopwatch for how long
/// nothing has changed. The clock is asked only by a process that has just started, and only whether the job is overdue.
/// </summary>
public static class JobTurns
{
    /// <summary>Whoever has shown no sign of life for so long is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How often whoever runs a job shows that it is alive.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>Who could not show it for so long stops before another begins.</summary>
    public static readonly TimeSpan LetsGoAfter = TimeSpan.FromSeconds(45);

    public static bool MayBegin(JobState state, JobSight sight, TimeSpan every, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsRunning ? sight.SinceBeat >= Lease : state.IsAsked || sight.SinceTurn >= every || (sight.IsFirst && now >= state.DueAt);
    }
}
