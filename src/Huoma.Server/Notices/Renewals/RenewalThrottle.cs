using System.Net;
using System.Threading.RateLimiting;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Notices.Renewals;

/// <summary>Slows guessing of links down by address, and uploading through one link by the link. Good links are never refused for somebody else's guesses.</summary>
internal sealed class RenewalThrottle : IDisposable
{
    public const int Guesses = 20;
    public const int Uploads = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<IPAddress> guesses = Origins.Limit<IPAddress>(Guesses, Window);
    private readonly PartitionedRateLimiter<RenewalLinkId> uploads = Origins.Limit<RenewalLinkId>(Uploads, Window);

    /// <summary>Counts a link that does not exist; false when there were too many from there.</summary>
    public bool MayGuess(IPAddress? address)
    {
        using var lease = guesses.AttemptAcquire(Origins.Of(address));
        return lease.IsAcquired;
    }

    public bool MayUpload(RenewalLinkId link)
    {
        using var lease = uploads.AttemptAcquire(link);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        guesses.Dispose();
        uploads.Dispose();
    }
}
