using System.Text.Json;
using Huoma.Domain.Jobs;

namespace Huoma.Server.Jobs;

/// <summary>One run of a job in this process.</summary>
internal sealed class JobRun : IDisposable
{
    /// <summary>Of a job that comes more often, a run that had nothing to do leaves no line.</summary>
    private static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    private readonly ScheduledJob job;
    private readonly long turn;
    private readonly JobStore store;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationToken stopping;

    // Cancels itself when nobody beats in time: another may have begun by then.
    private readonly CancellationTokenSource lease;
    private readonly CancellationTokenSource ends;
    private long beatAt;

    public JobRun(ScheduledJob job, long turn, JobStore store, TimeProvider time, ILogger log, CancellationToken stopping)
    {
        (this.job, this.turn, this.store, this.time, this.log, this.stopping) = (job, turn, store, time, log, stopping);
        lease = new CancellationTokenSource(JobTurns.LetsGoAfter, time);
        ends = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, stopping);
        beatAt = time.GetTimestamp();
        Over = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Done when the run is over and that is written down.</summary>
    public Task Over { get; }

    public async Task BeatAsync(CancellationToken ct)
    {
        if (time.GetElapsedTime(beatAt) < JobTurns.BeatEvery)
        {
            return;
        }

        if (await store.BeatAsync(job.Name, turn, ct))
        {
            beatAt = time.GetTimestamp();
            lease.CancelAfter(JobTurns.LetsGoAfter);
        }
        else
        {
            await lease.CancelAsync();
        }
    }

    public void Dispose()
    {
        ends.Dispose();
        lease.Dispose();
    }

    private async Task RunAsync()
    {
        var startedAt = time.GetUtcNow();
        var end = await TryAsync();
        try
        {
            if (!await store.EndAsync(job.Name, turn, startedAt, time.GetUtcNow(), end))
            {
                log.TakenFromUs(job.Name, turn);
            }
        }
        catch (Exception exception)
        {
            // The store is away. The next turn tells of this one that it was lost.
            log.EndNotWritten(job.Name, turn, exception);
        }
    }

    private async Task<JobEnd> TryAsync()
    {
        try
        {
            var result = await job.Job.RunAsync(ends.Token);
            return new JobEnd(JobOutcome.Done, JsonSerializer.Serialize(result.Counts), Error: null, !result.IsQuiet || job.Every >= Seldom);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return new JobEnd(stopping.IsCancellationRequested ? JobOutcome.Stopped : JobOutcome.Lost, Result: null, Error: null, IsKept: true);
        }
        catch (Exception exception)
        {
            log.RunFailed(job.Name, exception);
            return new JobEnd(JobOutcome.Failed, Result: null, exception.GetType().Name, IsKept: true);
        }
    }
}
