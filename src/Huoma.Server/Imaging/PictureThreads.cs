using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Imaging;

/// <summary>
/// Two threads for work on pictures, at lower priority: visitors, who are served by the thread pool, come first. What does not fit the queue is not taken.
/// </summary>
internal sealed class PictureThreads : IDisposable
{
    private const int Count = 2;
    private const int Nice = 5;

    private readonly BlockingCollection<Action> jobs;

    public PictureThreads(string name, int mostWaiting)
    {
        jobs = new BlockingCollection<Action>(mostWaiting);
        for (var number = 1; number <= Count; number++)
        {
            new Thread(Work) { Name = $"{name} {number}", IsBackground = true }.Start();
        }
    }

    /// <returns>False: too much is waiting already.</returns>
    public bool TryRun<T>(Func<T> work, [NotNullWhen(true)] out Task<T>? result, CancellationToken ct)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        result = done.Task;
        return jobs.TryAdd(() => Do(work, done, ct));
    }

    public void Dispose() => jobs.CompleteAdding();

    private static void Do<T>(Func<T> work, TaskCompletionSource<T> done, CancellationToken ct)
    {
        try
        {
            if (ct.IsCancellationRequested)
            {
                done.SetCanceled(ct);
                return;
            }

            done.SetResult(work());
        }
#pragma warning disable CA1031 // Whatever happens belongs to the one who asked; the thread goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            done.SetException(exception);
        }
    }

    private void Work()
    {
        const int thisThread = 0;
        _ = NativeCalls.SetPriority(thisThread, 0, Nice);
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            job();
        }
    }
}
