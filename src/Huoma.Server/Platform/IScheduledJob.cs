namespace Huoma.Server.Platform;

/// <summary>Work that comes again and again, in one process at a time (后台任务, ADR 0018). Two at once would do no harm, but no good either.</summary>
internal interface IScheduledJob
{
    Task<JobResult> RunAsync(CancellationToken ct);
}

/// <summary>What a run has done: how many of what, by names the console has words for.</summary>
internal sealed record JobResult(IReadOnlyDictionary<string, long> Counts)
{
    /// <summary>Nothing was to be done.</summary>
    public bool IsQuiet => Counts.Values.All(count => count == 0);

    public static JobResult Of(params ReadOnlySpan<(string Name, long Count)> counts)
    {
        var all = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            all.Add(name, count);
        }

        return new JobResult(all);
    }
}
