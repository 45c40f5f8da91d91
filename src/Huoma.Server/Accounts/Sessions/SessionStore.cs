using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>A session together with its user, as both are now.</summary>
internal sealed record Session(string TokenHash, TenantId TenantId, UserId UserId, string UserName, Role Role, DateTimeOffset LastSeenAt);

/// <summary>The sessions. The store knows only the hashes of their tokens, so a copy of it signs nobody in.</summary>
internal sealed class SessionStore(Database database, TimeProvider time, IOptions<AccountsOptions> options)
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>A fresh session; the answer is its token, which is nowhere else.</summary>
    public async Task<string> StartAsync(User user, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        const string sql = """
            INSERT INTO sessions (token_hash, tenant_id, user_id, created_at, last_seen_at)
            VALUES (@TokenHash, @TenantId, @UserId, @Now, @Now)
            """;
        await connection.ExecuteAsync(sql, new { TokenHash = HashOf(token), TenantId = user.TenantId.Value, UserId = user.Id.Value, Now = now });
        return token;
    }

    /// <summary>The session of a token with its user, unless it is over or the user may not sign in any more.</summary>
    public async Task<Session?> FindAsync(string token, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = """
            SELECT s.token_hash AS TokenHash, s.tenant_id AS TenantId, s.user_id AS UserId, u.name AS UserName, u.role AS Role, s.last_seen_at AS LastSeenAt
            FROM sessions s JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id
            WHERE s.token_hash = @TokenHash AND NOT u.disabled AND s.last_seen_at > @SeenAfter AND s.created_at > @CreatedAfter
            """;
        var limits = Limits();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(sql, new { TokenHash = HashOf(token), limits.SeenAfter, limits.CreatedAfter });
        return row is null ? null : new Session(
            row.TokenHash, new TenantId(row.TenantId), new UserId(row.UserId), row.UserName, (Role)row.Role, DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeenAt));
    }

    /// <summary>Notes that a session is used, at most once a minute.</summary>
    public async Task TouchAsync(Session session, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now - session.LastSeenAt < TouchEvery)
        {
            return;
        }

        await using var connection = await database.OpenAsync(ct);
        const string sql = "UPDATE sessions SET last_seen_at = @Now WHERE token_hash = @TokenHash AND last_seen_at < @Now";
        await connection.ExecuteAsync(sql, new { Now = now.ToUnixTimeMilliseconds(), session.TokenHash });
    }

    public async Task EndAsync(string tokenHash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM sessions WHERE token_hash = @TokenHash", new { TokenHash = tokenHash });
    }

    /// <summary>Ends all sessions of a user, or all but one.</summary>
    public async Task EndAllAsync(UserId user, CancellationToken ct, string exceptHash = "")
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "DELETE FROM sessions WHERE user_id = @User AND token_hash <> @ExceptHash";
        await connection.ExecuteAsync(sql, new { User = user.Value, ExceptHash = exceptHash });
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM sessions WHERE last_seen_at <= @SeenAfter OR created_at <= @CreatedAfter", Limits());
    }

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

    private SessionLimits Limits()
    {
        var now = time.GetUtcNow();
        return new SessionLimits(
            (now - options.Value.SessionIdle).ToUnixTimeMilliseconds(), (now - options.Value.SessionLifetime).ToUnixTimeMilliseconds());
    }

    private sealed record SessionLimits(long SeenAfter, long CreatedAfter);

    private sealed class Row
    {
        public string TokenHash { get; init; } = "";

        public long TenantId { get; init; }

        public long UserId { get; init; }

        public string UserName { get; init; } = "";

        public int Role { get; init; }

        public long LastSeenAt { get; init; }
    }
}
