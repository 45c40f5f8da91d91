using System.Threading.Channels;

namespace Huoma.Server.Platform;

/// <summary>Wakes one who waits. Rung several times before he listens, it wakes him once.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Until it is rung, but not longer than <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await rung.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nobody rang.
        }
    }
}
