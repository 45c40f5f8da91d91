using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
    public async Task<TimeSpan> EnterAsync(SignInSubject subject, CancellationToken ct)
    {
        var wait = subject.Address is { } address ? EnterAddress(Origins.Of(address)) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        wait = await accounts.EnterAsync(subject.Name, ct);
        if (wait > TimeSpan.Zero)
        {
            TakeBack(subject);
        }

        return wait;
    }

    public async Task SucceededAsync(SignInSubject subject, CancellationToken ct)
    {
        TakeBack(subject);
        await accounts.ForgetAsync(subject.Name, ct);
    }

    /// <summary>The answer to one who has to wait.</summary>
    public static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var after = seconds < 120 ? $"{seconds} 秒" : $"{(seconds + 59) / 60} 分钟";
        return Problems.Create(StatusCodes.Status429TooManyRequests, "session.throttled", $"尝试次数太多，请 {after}后再试");
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

    private void TakeBack(SignInSubject subject)
    {
        if (subject.Address is not { } address)
        {
            return;
        }

        var origin = Origins.Of(address);
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
}
