using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Huoma.Server.Platform.Http;

/// <summary>Where requests come from, for whoever slows down what comes too often from one place.</summary>
internal static class Origins
{
    /// <summary>Who has one IPv6 address has 2^64 of them: the network counts.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            return address.MapToIPv4();
        }

        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }

    /// <summary>At most so many of each key within a window.</summary>
    public static PartitionedRateLimiter<T> Limit<T>(int most, TimeSpan window)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(key =>
            RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = window }));
}
