using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>
/// Keeps drawn posters for a while, by what is on them: a participant looks at his own more than once, and his friends at it too. However many ask for the
/// same one at once, it is drawn once.
/// </summary>
internal sealed class PosterCache(PosterRenderer renderer, long mostBytes = PosterCache.MostBytes) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    // Long enough that reloading a page costs nothing, short enough that nobody waits for a mended disk.
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(30);

    private readonly MemoryCache posters = new(new MemoryCacheOptions { SizeLimit = mostBytes, TrackStatistics = true });
    private readonly ConcurrentDictionary<string, Lazy<Task<PosterResult>>> drawing = new(StringComparer.Ordinal);

    /// <summary>What is kept now.</summary>
    public long Bytes => posters.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <param name="content">See <see cref="PosterOrder.Content"/>.</param>
    public async Task<PosterResult> GetAsync(PosterOrder order, string content, CancellationToken ct)
    {
        if (posters.TryGetValue(content, out PosterResult? known) && known is not null)
        {
            return known;
        }

        // Whoever asked first may go away; the others still want it. Lazy: it is in the dictionary before it begins, and so before it ends.
        var task = drawing.GetOrAdd(content, _ => new Lazy<Task<PosterResult>>(() => DrawAsync(order, content))).Value;
        return await task.WaitAsync(ct);
    }

    public void Dispose() => posters.Dispose();

    private async Task<PosterResult> DrawAsync(PosterOrder order, string content)
    {
        try
        {
            var result = await renderer.RenderAsync(order, CancellationToken.None);
            Keep(content, result);
            return result;
        }
        finally
        {
            drawing.TryRemove(content, out _);
        }
    }

    private void Keep(string content, PosterResult result)
    {
        if (result is PosterResult.Drawn drawn)
        {
            posters.Set(content, result, new MemoryCacheEntryOptions { Size = drawn.Jpeg.Length, SlidingExpiration = Kept });
        }
        else if (result is not PosterResult.Busy)
        {
            posters.Set(content, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = FailureKept });
        }
    }
}
