using System.Threading.Channels;
using Huoma.Server.Visits.Stores;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Visits;

/// <summary>
/// Gathers visits and commits them in batches: whatever arrived during one commit is the next batch, without any delay of its own.
/// A visit is answered after the commit that holds it (ADR 0004).
/// </summary>
internal sealed class VisitJournal : IDisposable
{
    private readonly Channel<VisitCommand> waiting;
    private readonly IVisitStore store;
    private readonly VisitOptions options;
    private readonly ILogger<VisitJournal> log;
    private readonly Thread writer;

    public VisitJournal(IVisitStore store, IOptions<VisitOptions> options, ILogger<VisitJournal> log)
    {
        this.store = store;
        this.options = options.Value;
        this.log = log;
        waiting = Channel.CreateBounded<VisitCommand>(new BoundedChannelOptions(this.options.MaxWaiting) { SingleReader = true });
        writer = new Thread(Run) { IsBackground = true, Name = "visit journal" };
        writer.Start();
    }

    /// <summary>The answer after its commit; null when the store could not take it in time, and then nothing is counted.</summary>
    public async ValueTask<VisitAnswer?> SubmitAsync(VisitCommand command)
    {
        if (!waiting.Writer.TryWrite(command))
        {
            return null;
        }

        try
        {
            return await command.Answer.WaitAsync(TimeSpan.FromMilliseconds(options.MaxWaitMilliseconds));
        }
        catch (TimeoutException) when (command.TryClaim())
        {
            return null;
        }
        catch (TimeoutException)
        {
            // It is in a transaction already: only the end of that tells whether it counts.
            return await AnswerOfAsync(command);
        }
        catch (VisitsNotStoredException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // What was taken in is still written; new visits are refused.
        waiting.Writer.TryComplete();
        writer.Join();
    }

    private static async Task<VisitAnswer?> AnswerOfAsync(VisitCommand command)
    {
        try
        {
            return await command.Answer;
        }
        catch (VisitsNotStoredException)
        {
            return null;
        }
    }

    private void Run()
    {
        var gathered = new List<VisitCommand>(options.MaxBatch);
        while (WaitForVisits())
        {
            gathered.Clear();
            while (gathered.Count < options.MaxBatch && waiting.Reader.TryRead(out var command))
            {
                if (command.TryClaim())
                {
                    gathered.Add(command);
                }
            }

            if (gathered.Count > 0)
            {
                Commit(gathered);
            }
        }
    }

    // This thread has nothing else to do than to wait.
    private bool WaitForVisits() => waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void Commit(List<VisitCommand> commands)
    {
        // A connection that broke since the last batch is no reason to turn visitors away: nothing was written, so once more.
        for (var attempt = 1; ; attempt++)
        {
            var batch = new VisitBatch(commands);
            try
            {
                store.Commit(batch);
                batch.Complete();
                return;
            }
            catch (CommitUnknownException exception)
            {
                log.CommitUnknown(commands.Count, exception);
                batch.Fail(new VisitsNotStoredException(exception));
                return;
            }
            catch (Exception exception)
            {
                log.CommitFailed(commands.Count, attempt, exception);
                if (attempt == 2)
                {
                    batch.Fail(new VisitsNotStoredException(exception));
                    return;
                }
            }
        }
    }
}

/// <summary>The batch a visit was in was not stored.</summary>
internal sealed class VisitsNotStoredException(Exception inner) : Exception("The batch of visits was not stored.", inner);

/// <summary>The connection broke at COMMIT: the batch may be stored or not, so it must not be repeated.</summary>
internal sealed class CommitUnknownException(Exception inner) : Exception("The outcome of a commit is unknown.", inner);
