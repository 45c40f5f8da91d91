using Dapper;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>A token or ticket, from when on it is better fetched anew, and until when it is good.</summary>
internal sealed record SharedKey(string Value, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(SharedKey);
}

/// <summary>What all processes share of the 公众号, sealed.</summary>
internal sealed class SharedKeyStore(Database database, SecretSeal seal, IOptions<OfficialAccountOptions> options)
{
    private string AppId => options.Value.AppId ?? "";

    public async Task<SharedKey?> FindAsync(string name, CancellationToken ct)
    {
        const string sql = "SELECT sealed AS Sealed, renew_at AS RenewAt, expires_at AS ExpiresAt FROM official_account_keys WHERE app_id = @AppId AND name = @name AND sealed IS NOT NULL";
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { AppId, name }, cancellationToken: ct));
        return row is not null && seal.Open(row.Sealed) is { } value
            ? new SharedKey(value, DateTimeOffset.FromUnixTimeMilliseconds(row.RenewAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt)) : null;
    }

    /// <summary>False: another process fetches it just now.</summary>
    public async Task<bool> LeaseAsync(string name, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO official_account_keys (app_id, name, sealed, renew_at, expires_at, leased_until) VALUES (@AppId, @name, NULL, 0, 0, @Until)
            ON CONFLICT (app_id, name) DO UPDATE SET leased_until = excluded.leased_until WHERE official_account_keys.leased_until <= @Now
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { AppId, name, Now = now.ToUnixTimeMilliseconds(), Until = until.ToUnixTimeMilliseconds() };
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) == 1;
    }

    public async Task KeepAsync(string name, SharedKey key, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO official_account_keys (app_id, name, sealed, renew_at, expires_at, leased_until) VALUES (@AppId, @name, @Sealed, @RenewAt, @ExpiresAt, 0)
            ON CONFLICT (app_id, name) DO UPDATE SET sealed = excluded.sealed, renew_at = excluded.renew_at, expires_at = excluded.expires_at, leased_until = 0
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { AppId, name, Sealed = seal.Close(key.Value), RenewAt = key.RenewAt.ToUnixTimeMilliseconds(), ExpiresAt = key.ExpiresAt.ToUnixTimeMilliseconds() };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private sealed class Row
    {
        public string Sealed { get; init; } = "";

        public long RenewAt { get; init; }

        public long ExpiresAt { get; init; }
    }
}
