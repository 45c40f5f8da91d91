using System.Diagnostics;
using System.Threading.Channels;
using Huoma.Server.Visits.Stores;

namespace Huoma.Server.Visits;

/// <summary>
/// A bounded queue and the one thread that commits what is in it: whatever arrived during one commit is the next batch, without any delay of
/// its own. A batch that hangs does not take its visitors with it: past the longest wait everybody is told to come back.
/// </summary>
internal sealed class VisitPipeline : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Channel<VisitCommand> waiting;
    private readonly IVisitStore store;
    private readonly VisitOptions options;
    private readonly VisitMetrics metrics;
    private readonly ILogger log;
    private readonly string name;
    private readonly Thread writer;
    private readonly Timer watch;
    private readonly ManualResetEventSlim stopping = new();
    private VisitCommand[] underWay = [];
    private long underWaySince;
    private long lastBatch;
    private int failures;
    private volatile bool isStuck;

    public VisitPipeline(string name, IVisitStore store, VisitOptions options, VisitMetrics metrics, ILogger log)
    {
        this.name = name;
        this.store = store;
        this.options = options;
        this.metrics = metrics;
        this.log = log;
        waiting = Channel.CreateBounded<VisitCommand>(new BoundedChannelOptions(options.MaxWaiting));
        metrics.Watch(name, () => waiting.Reader.Count);
        writer = new Thread(Run) { IsBackground = true, Name = name };
        writer.Start();
        watch = new Timer(_ => Watch(), state: null, Tick, Tick);
    }

    private TimeSpan MaxWait => TimeSpan.FromMilliseconds(options.MaxWaitMilliseconds);

    /// <inheritdoc cref="VisitJournal.SubmitAsync"/>
    public ValueTask<VisitAnswer?> SubmitAsync(VisitCommand command)
    {
        if (!isStuck && waiting.Writer.TryWrite(command))
        {
            return new(command.Answer);
        }

        metrics.Refused(name, 1);
        return default;
    }

    public void Dispose()
    {
        if (stopping.IsSet)
        {
            return;
        }

        // What was taken in is still written; new visits are refused.
        stopping.Set();
        waiting.Writer.TryComplete();
        writer.Join();
        watch.Dispose();
        store.Dispose();
    }

    private void Run()
    {
        var gathered = new List<VisitCommand>(options.MaxBatch);
        while (WaitForVisits())
        {
            gathered.Clear();
            while (gathered.Count < options.MaxBatch && waiting.Reader.TryRead(out var command))
            {
                if (!GaveUp(command))
                {
                    gathered.Add(command);
                }
            }

            Begin([.. gathered]);
            Commit(underWay);
            Volatile.Write(ref underWay, []);
            isStuck = false;
        }
    }

    // This thread has nothing else to do than to wait.
    private bool WaitForVisits() => waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void Begin(VisitCommand[] commands)
    {
        Volatile.Write(ref underWaySince, Stopwatch.GetTimestamp());
        Volatile.Write(ref underWay, commands);
    }

    /// <summary>Who waited too long for his turn is told so instead of taking a place in the batch.</summary>
    private bool GaveUp(VisitCommand command)
    {
        if (Stopwatch.GetElapsedTime(command.SubmittedAt) <= MaxWait)
        {
            return false;
        }

        command.GiveUp();
        return true;
    }

    private void Commit(VisitCommand[] commands)
    {
        // A connection that broke since the last batch is no reason to turn visitors away: nothing was written, so once more.
        for (var attempt = 1; attempt <= 2 && commands.Length > 0; attempt++)
        {
            var batch = new VisitBatch(commands, ++lastBatch, isRetry: attempt > 1);
            try
            {
                if (TryCommit(batch))
                {
                    batch.Complete();
                    Worked();
                    metrics.Stored(name, batch.Count, Stopwatch.GetElapsedTime(underWaySince));
                    return;
                }
            }
            catch (Exception exception)
            {
                Failed(commands.Length, exception);
            }

            // Who has been told to come back meanwhile will, and is counted then.
            commands = Array.FindAll(commands, command => !command.Answer.IsCompleted);
        }

        Array.ForEach(commands, command => command.GiveUp());
        metrics.Refused(name, commands.Length);
    }

    private bool TryCommit(VisitBatch batch)
    {
        try
        {
            store.Commit(batch);
            return true;
        }
        catch (CommitUnknownException exception)
        {
            Failed(batch.Count, exception);
            return IsInLedger(batch);
        }
    }

    // Nothing else is written before it is known. The visitors need not wait that long: the watch answers them.
    private bool IsInLedger(VisitBatch batch)
    {
        while (true)
        {
            try
            {
                var isStored = store.HasCommitted(batch);
                log.CommitResolved(batch.Count, isStored);
                return isStored;
            }
            catch (Exception exception) when (!stopping.IsSet)
            {
                log.LedgerUnreachable(exception);
            }

            stopping.Wait(Tick);
        }
    }

    /// <summary>A batch that hangs: its visitors and all behind them are told to come back, and new ones at once, until it has ended.</summary>
    private void Watch()
    {
        var commands = Volatile.Read(ref underWay);
        if (commands.Length == 0 || Stopwatch.GetElapsedTime(Volatile.Read(ref underWaySince)) <= MaxWait)
        {
            return;
        }

        isStuck = true;
        Array.ForEach(commands, command => command.Complete(result: null));
        while (waiting.Reader.TryRead(out var command))
        {
            command.Complete(result: null);
        }

        // It may have ended between the two looks, and nobody else would say so.
        isStuck = Volatile.Read(ref underWay).Length > 0;
    }

    private void Failed(int count, Exception exception)
    {
        // Once, not with every batch of a rush.
        if (Interlocked.Increment(ref failures) == 1)
        {
            log.CommitFailed(name, count, exception);
        }
    }

    private void Worked()
    {
        if (Interlocked.Exchange(ref failures, 0) is var failed and > 0)
        {
            log.CommitsAgain(name, failed);
        }
    }
}
