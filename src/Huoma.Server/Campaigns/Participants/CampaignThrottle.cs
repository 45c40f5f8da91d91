using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>Slows down who guesses 口令 or makes participants without end, by address. Good 口令 are counted by nobody.</summary>
internal sealed class CampaignThrottle : IDisposable
{
    public const int WrongTokens = 10;
    public const int NewParticipants = 300;

    /// <summary>So many wrong ones of a campaign within the window are no typing errors.</summary>
    public const int AlarmAt = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<IPAddress> wrong = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => Limit(address, WrongTokens));
    private readonly PartitionedRateLimiter<IPAddress> joins = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => Limit(address, NewParticipants));
    private readonly PartitionedRateLimiter<CampaignId> alarms = PartitionedRateLimiter.Create<CampaignId, CampaignId>(id => Limit(id, AlarmAt));

    /// <summary>Whether somebody from there may try another 口令.</summary>
    public bool MayTry(IPAddress? address)
    {
        using var lease = wrong.AttemptAcquire(OriginOf(address ?? IPAddress.None), permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>A wrong 口令 from there; true when the campaign has had so many that somebody should know.</summary>
    public bool WasWrong(IPAddress? address, CampaignId campaign)
    {
        using var counted = wrong.AttemptAcquire(OriginOf(address ?? IPAddress.None));
        using var lease = alarms.AttemptAcquire(campaign);
        return !lease.IsAcquired;
    }

    public bool MayJoin(IPAddress? address)
    {
        using var lease = joins.AttemptAcquire(OriginOf(address ?? IPAddress.None));
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        wrong.Dispose();
        joins.Dispose();
        alarms.Dispose();
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
