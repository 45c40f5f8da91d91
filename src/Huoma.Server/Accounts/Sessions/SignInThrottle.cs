using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Huoma.Domain.Accounts;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>
/// Slows guessing down: per account in the store, so that all processes count together, and per address in this process.
/// An attempt is counted before its password is looked at.
/// </summary>
internal sealed class SignInThrottle(SignInAttemptStore accounts, TimeProvider time, IOptions<AccountsOptions> options)
{
    private const int RememberedAddresses = 50_000;

    private readonly ConcurrentDictionary<IPAddress, SignInAttempts> addresses = new();

    /// <summary>Zero: go on. Otherwise how long to wait; then nothing was counted.</summary>
    public async Task<TimeSpan> EnterAsync(string accountKey, IPAddress? address, CancellationToken ct)
    {
        var origin = OriginOf(address);
        var wait = EnterAddress(origin);
        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        wait = await accounts.EnterAsync(accountKey, ct);
        if (wait > TimeSpan.Zero)
        {
            TakeBack(origin);
        }

        return wait;
    }

    public async Task SucceededAsync(string accountKey, IPAddress? address, CancellationToken ct)
    {
        TakeBack(OriginOf(address));
        await accounts.ForgetAsync(accountKey, ct);
    }

    private TimeSpan EnterAddress(IPAddress origin)
    {
        var now = time.GetUtcNow();
        var limits = options.Value.AddressLimits;
        if (addresses.Count >= RememberedAddresses)
        {
            Sweep(now, limits);
        }

        while (true)
        {
            var known = addresses.TryGetValue(origin, out var seen);
            var wait = seen.Wait(now, limits);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            var next = seen.Add(now, limits);
            if (known ? addresses.TryUpdate(origin, next, seen) : addresses.TryAdd(origin, next))
            {
                return TimeSpan.Zero;
            }
        }
    }

    private void TakeBack(IPAddress origin)
    {
        while (addresses.TryGetValue(origin, out var seen) && !addresses.TryUpdate(origin, seen.TakeBack(), seen))
        {
        }
    }

    // Past the bound even fresh ones go: memory must not grow with the attackers. The accounts' own limits still hold.
    private void Sweep(DateTimeOffset now, SignInLimits limits)
    {
        foreach (var (origin, seen) in addresses)
        {
            if (seen.IsForgotten(now, limits))
            {
                addresses.TryRemove(origin, out _);
            }
        }

        if (addresses.Count >= RememberedAddresses)
        {
            addresses.Clear();
        }
    }

    // Who has one IPv6 address has 2^64 of them: the network counts.
    private static IPAddress OriginOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
