using Huoma.Domain.Jobs;

namespace Huoma.Server.Jobs;

/// <summary>A job of this program: its name in the database and in the API, and how often it runs.</summary>
internal sealed record ScheduledJob(string Name, TimeSpan Every, Platform.IScheduledJob Job);

/// <summary>A row of <c>jobs</c>: the job, and the run that is under way or was the last.</summary>
internal sealed record JobRow
{
    public string Name { get; init; } = "";

    public long Turn { get; init; }

    public long Beat { get; init; }

    public int Running { get; init; }

    public int Asked { get; init; }

    public long DueAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public int? Outcome { get; init; }

    public string? Result { get; init; }

    public string? Error { get; init; }

    public JobState State => new(Turn, Beat, Running != 0, Asked != 0, DateTimeOffset.FromUnixTimeMilliseconds(DueAt));
}

/// <summary>How a run ended.</summary>
/// <param name="Result">JSON; null when it did not get through.</param>
/// <param name="Error">The kind of exception, never its text: that is about tables and hosts.</param>
/// <param name="IsKept">Whether the run is worth a line of its own.</param>
internal sealed record JobEnd(JobOutcome Outcome, string? Result, string? Error, bool IsKept);
