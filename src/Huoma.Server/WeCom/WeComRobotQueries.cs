using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots;
using Huoma.Server.WeCom.Api;

namespace Huoma.Server.WeCom;

/// <summary>A robot of 企业微信 with its secrets open.</summary>
/// <param name="App">Null when they can not be opened.</param>
internal sealed record WeComRobot(KnownRobot Known, string CorpId, WecomApp? App, long? SessionId, DateTimeOffset? SeenAt)
{
    public Corporation? Corporation => App is null ? null : new Corporation(CorpId, App.Secret);

    public bool IsServed(DateTimeOffset now) => SessionId is not null && SeenAt + RobotState.SessionLasts > now;

    public override string ToString() => nameof(WeComRobot);
}

/// <summary>Robots of 企业微信 of all tenants: nobody is signed in where they are served and called back.</summary>
internal sealed class WeComRobotQueries(Database database, SecretSeal seal)
{
    private const string Select = """
        SELECT robots.id AS Id, robots.tenant_id AS TenantId, robots.token_hash AS TokenHash, robots.corp_id AS CorpId, robots.sealed_app AS SealedApp,
            states.session_id AS SessionId, states.seen_at AS SeenAt
        FROM robots JOIN robot_states AS states ON states.robot_id = robots.id
        WHERE robots.driver = 2 AND robots.deleted_at IS NULL AND robots.token_hash IS NOT NULL AND robots.corp_id IS NOT NULL
        """;

    public async Task<IReadOnlyList<WeComRobot>> AllAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(Select, cancellationToken: ct))).Select(Open)];
    }

    /// <summary>Null when there is none of this id.</summary>
    public async Task<WeComRobot?> FindAsync(RobotId id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var command = new CommandDefinition(Select + " AND robots.id = @Id", new { Id = id.Value }, cancellationToken: ct);
        return await connection.QuerySingleOrDefaultAsync<Row>(command) is { } row ? Open(row) : null;
    }

    private WeComRobot Open(Row row) => new(
        new KnownRobot(new RobotId(row.Id), new TenantId(row.TenantId), row.TokenHash), row.CorpId, WecomApp.Open(row.SealedApp, seal), row.SessionId,
        row.SeenAt is { } seenAt ? DateTimeOffset.FromUnixTimeMilliseconds(seenAt) : null);

    private sealed record Row
    {
        public long Id { get; init; }

        public long TenantId { get; init; }

        public string TokenHash { get; init; } = "";

        public string CorpId { get; init; } = "";

        public string? SealedApp { get; init; }

        public long? SessionId { get; init; }

        public long? SeenAt { get; init; }
    }
}
