using Huoma.Domain.OfficialAccount;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>
/// The access token and the jsapi_ticket: fetched by one process at a time and kept for all in the database, sealed, because WeChat gives only so many
/// tickets a day (ADR 0023). Who comes while they are fetched takes the one before as long as that is good, or goes without.
/// </summary>
internal sealed class SharedKeys(OfficialAccountClient client, SharedKeyStore store, TimeProvider time, ILogger<SharedKeys> log) : IDisposable
{
    private const string Token = "access_token";
    private const string Ticket = "jsapi_ticket";

    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>After a failure pages do without for so long: nobody waits for what just did not come.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1);
    private SharedKey? kept;
    private DateTimeOffset pausedUntil;

    /// <summary>Null when there is none now.</summary>
    public async Task<string?> TicketAsync(CancellationToken ct)
    {
        if (kept is { } known && time.GetUtcNow() < known.RenewAt)
        {
            return known.Value;
        }

        await turn.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (kept is null || now >= kept.RenewAt)
            {
                kept = await store.FindAsync(Ticket, ct) ?? kept;
            }

            if ((kept is null || now >= kept.RenewAt) && now >= pausedUntil && await store.LeaseAsync(Ticket, now, now + Lease, ct))
            {
                var (fetched, fault) = await RenewAsync(ct);
                kept = fetched ?? kept;
                pausedUntil = fetched is null ? now + Pause : default;
                if (fault is { IsAboutSettings: true })
                {
                    log.SettingsAreWrong(fault.Code);
                }
            }

            return kept is { } given && now < given.ExpiresAt ? given.Value : null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Fetches a ticket now, for whoever wants to know whether that works: the fault, or null.</summary>
    public async Task<OfficialAccountFault?> TryAsync(CancellationToken ct)
    {
        // Not the one that is kept: the secret may have been reset since.
        var token = await client.TokenAsync(ct);
        if (token.Answer?.Token is not { Length: > 0 } value)
        {
            return token.Fault ?? OfficialAccountFault.Strange;
        }

        await KeepAsync(Token, value, token.Answer.ExpiresIn, ct);
        pausedUntil = default;
        var (fetched, fault) = await RenewAsync(ct);
        kept = fetched ?? kept;
        return fetched is null ? fault ?? OfficialAccountFault.Strange : null;
    }

    public void Dispose() => turn.Dispose();

    private async Task<(SharedKey? Kept, OfficialAccountFault? Fault)> RenewAsync(CancellationToken ct)
    {
        var (token, fault) = await TokenAsync(mayBeKept: true, ct);
        if (token is null)
        {
            return (null, fault);
        }

        var heard = await client.TicketAsync(token, ct);
        if (heard.Fault is { IsStaleToken: true })
        {
            (token, fault) = await TokenAsync(mayBeKept: false, ct);
            if (token is null)
            {
                return (null, fault);
            }

            heard = await client.TicketAsync(token, ct);
        }

        return heard.Answer?.Ticket is { Length: > 0 } ticket ? (await KeepAsync(Ticket, ticket, heard.Answer.ExpiresIn, ct), null) : (null, heard.Fault ?? OfficialAccountFault.Strange);
    }

    private async Task<(string? Token, OfficialAccountFault? Fault)> TokenAsync(bool mayBeKept, CancellationToken ct)
    {
        if (mayBeKept && await store.FindAsync(Token, ct) is { } known && time.GetUtcNow() < known.RenewAt)
        {
            return (known.Value, null);
        }

        var heard = await client.TokenAsync(ct);
        if (heard.Answer?.Token is not { Length: > 0 } token)
        {
            return (null, heard.Fault ?? OfficialAccountFault.Strange);
        }

        await KeepAsync(Token, token, heard.Answer.ExpiresIn, ct);
        return (token, null);
    }

    private async Task<SharedKey> KeepAsync(string name, string value, int? seconds, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var expires = now + TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 60, 86_400));
        var key = new SharedKey(value, expires - Early < now ? expires : expires - Early, expires);
        await store.KeepAsync(name, key, ct);
        return key;
    }
}
