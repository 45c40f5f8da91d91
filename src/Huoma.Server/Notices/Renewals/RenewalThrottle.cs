using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Huoma.Server.Notices.Renewals;

/// <summary>Slows guessing of links down by address, and uploading through one link by the link. Good links are never refused for somebody else's guesses.</summary>
internal sealed class RenewalThrottle : IDisposable
{
    public const int Guesses = 20;
    public const int Uploads = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<IPAddress> guesses = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => Limit(address, Guesses));
    private readonly PartitionedRateLimiter<RenewalLinkId> uploads = PartitionedRateLimiter.Create<RenewalLinkId, RenewalLinkId>(link => Limit(link, Uploads));

    /// <summary>Counts a link that does not exist; false when there were too many from there.</summary>
    public bool MayGuess(IPAddress? address)
    {
        using var lease = guesses.AttemptAcquire(OriginOf(address ?? IPAddress.None));
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

    private static RateLimitPartition<T> Limit<T>(T key, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window });

    // Who has one IPv6 address has 2^64 of them: the network counts.
    private static IPAddress OriginOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
