using System.Security.Cryptography;
using System.Text;
using Dapper;
using Huoma.Domain.OfficialAccount;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.OfficialAccount.Identities;

/// <summary>Ways to WeChat and back. The state itself is kept nowhere but in the visitor's browser: here is its hash.</summary>
internal sealed class SignInStore(Database database, TimeProvider time)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int StateLength = 32;

    /// <summary>The state to send along.</summary>
    public async Task<string> BeginAsync(long visitorId, string key, SignInPage page, SignInScope scope, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO wechat_sign_ins (hash, visitor_id, campaign_key, page, scope, begun_at, expires_at, used_at, outcome)
            VALUES (@Hash, @visitorId, @key, @Page, @Scope, @Now, @ExpiresAt, NULL, 0)
            """;
        var (state, now) = (NewId.Key(Letters, StateLength), time.GetUtcNow());
        var parameters = new
        {
            Hash = HashOf(state),
            visitorId,
            key,
            Page = (int)page,
            Scope = (int)scope,
            Now = now.ToUnixTimeMilliseconds(),
            ExpiresAt = (now + SignIn.Lifetime).ToUnixTimeMilliseconds(),
        };
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return state;
    }

    /// <summary>Null when nobody began it.</summary>
    public async Task<SignIn?> FindAsync(string state, CancellationToken ct)
    {
        const string sql = """
            SELECT hash AS Hash, visitor_id AS VisitorId, campaign_key AS CampaignKey, page AS Page, scope AS Scope, expires_at AS ExpiresAt, outcome AS Outcome,
                CASE WHEN used_at IS NULL THEN 0 ELSE 1 END AS Used
            FROM wechat_sign_ins WHERE hash = @Hash
            """;
        if (state.Length != StateLength)
        {
            return null;
        }

        var hash = HashOf(state);
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { Hash = hash }, cancellationToken: ct));
        return row is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Hash), Encoding.ASCII.GetBytes(hash))
            ? new SignIn(
                row.VisitorId, row.CampaignKey, (SignInPage)row.Page, (SignInScope)row.Scope, DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt), (SignInOutcome)row.Outcome,
                row.Used != 0)
            : null;
    }

    /// <summary>True for one caller only, however many come at once.</summary>
    public Task<bool> UseAsync(string state, CancellationToken ct) => ChangeAsync(
        "UPDATE wechat_sign_ins SET used_at = @Now WHERE hash = @Hash AND used_at IS NULL AND expires_at > @Now", state, SignInOutcome.Open, ct);

    public Task EndAsync(string state, SignInOutcome outcome, CancellationToken ct) =>
        ChangeAsync("UPDATE wechat_sign_ins SET outcome = @Outcome WHERE hash = @Hash", state, outcome, ct);

    /// <summary>Whether he was sent away silently a short while ago. A virtual person was not he.</summary>
    public async Task<bool> WasTriedAsync(long visitorId, CancellationToken ct)
    {
        const string sql = "SELECT COUNT(*) FROM wechat_sign_ins WHERE visitor_id = @visitorId AND begun_at > @Since AND scope = @Base AND outcome <> @Snapshot";
        var parameters = new { visitorId, Since = (time.GetUtcNow() - SignIn.SilentEvery).ToUnixTimeMilliseconds(), Base = (int)SignInScope.Base, Snapshot = (int)SignInOutcome.Snapshot };
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, parameters, cancellationToken: ct)) > 0;
    }

    /// <summary>How many were over before an instant, and are forgotten now.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        const string sql = "DELETE FROM wechat_sign_ins WHERE expires_at < @Before";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(sql, new { Before = before.ToUnixTimeMilliseconds() }, cancellationToken: ct));
    }

    private async Task<bool> ChangeAsync(string sql, string state, SignInOutcome outcome, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { Hash = HashOf(state), Now = time.GetUtcNow().ToUnixTimeMilliseconds(), Outcome = (int)outcome };
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) == 1;
    }

    private static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private sealed class Row
    {
        public string Hash { get; init; } = "";

        public long VisitorId { get; init; }

        public string CampaignKey { get; init; } = "";

        public int Page { get; init; }

        public int Scope { get; init; }

        public long ExpiresAt { get; init; }

        public int Outcome { get; init; }

        public int Used { get; init; }
    }
}
