using Huoma.Domain.Jobs;
using Huoma.Server.Platform;

namespace Huoma.Server.Jobs;

/// <summary>
/// Runs every <see cref="ScheduledJob"/> in one process at a time. Each process looks once a second whose turn it is; the database
/// decides who takes the next one (ADR 0018).
/// </summary>
internal sealed class JobScheduler(JobStore store, IEnumerable<ScheduledJob> jobs, TimeProvider time, ILogger<JobScheduler> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly List<ScheduledJob> all = [.. jobs];
    private readonly Dictionary<string, Sighting> sightings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobRun> running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim looking = new(1);
    private readonly CancellationTokenSource stopping = new();
    private bool isAway;

    public Bell Bell { get; } = new();

    public IReadOnlyList<ScheduledJob> All => all;

    /// <summary>Begins what may begin, and shows that what runs here is alive.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            var rows = (await store.ReadAsync(ct)).ToDictionary(row => row.Name, StringComparer.Ordinal);
            foreach (var job in all)
            {
                await LookAsync(job, rows.GetValueOrDefault(job.Name), ct);
            }
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>Until nothing runs here that runs now.</summary>
    public async Task IdleAsync()
    {
        await looking.WaitAsync();
        var now = running.Values.Select(run => run.Over).ToList();
        looking.Release();
        await Task.WhenAll(now);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await stopping.CancelAsync();
        await IdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A host that goes down without stopping first does no more than this; what still runs is told to end.</summary>
    public override void Dispose()
    {
        base.Dispose();
        stopping.Cancel();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
                isAway = false;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Said once, not every second. What runs lets go by itself when it can not beat.
                if (!isAway)
                {
                    log.LookFailed(exception);
                }

                isAway = true;
            }

            await Bell.WaitAsync(UntilNext(), time, stoppingToken);
        }
    }

    private async Task LookAsync(ScheduledJob job, JobRow? row, CancellationToken ct)
    {
        if (running.TryGetValue(job.Name, out var run))
        {
            if (!run.Over.IsCompleted)
            {
                await run.BeatAsync(ct);
                return;
            }

            running.Remove(job.Name);
            run.Dispose();
        }

        if (row is null)
        {
            await store.AddAsync(job.Name, time.GetUtcNow() + job.Every, ct);
            return;
        }

        var sight = See(row);
        if (JobTurns.MayBegin(row.State, sight, job.Every, time.GetUtcNow()) && await store.BeginAsync(row, time.GetUtcNow(), job.Every, ct))
        {
            if (row.State.IsRunning)
            {
                log.TookOver(job.Name, row.Turn);
            }

            sightings[row.Name] = new Sighting(row.Turn + 1, 0, time.GetTimestamp(), time.GetTimestamp());
            running[job.Name] = new JobRun(job, row.Turn + 1, store, time, log, stopping.Token);
        }
    }

    private JobSight See(JobRow row)
    {
        var now = time.GetTimestamp();
        var known = sightings.TryGetValue(row.Name, out var before);
        sightings[row.Name] = !known || before.Turn != row.Turn ? new Sighting(row.Turn, row.Beat, now, now)
            : before.Beat != row.Beat ? before with { Beat = row.Beat, BeatSeen = now }
            : before;
        var seen = sightings[row.Name];
        return new JobSight(time.GetElapsedTime(seen.TurnSeen, now), time.GetElapsedTime(seen.BeatSeen, now), IsFirst: !known);
    }

    /// <summary>As long as nothing can become due by itself; what others ask for is seen within a second.</summary>
    private TimeSpan UntilNext()
    {
        var next = all.Select(job => sightings.TryGetValue(job.Name, out var seen) ? job.Every - time.GetElapsedTime(seen.TurnSeen) : LookEvery)
            .Where(left => left > TimeSpan.Zero).DefaultIfEmpty(LookEvery).Min();
        return next < LookEvery ? TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds)) : LookEvery;
    }

    private readonly record struct Sighting(long Turn, long Beat, long TurnSeen, long BeatSeen);
}
