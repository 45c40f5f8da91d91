using Dapper;
using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Notices;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Notices.Watch;

/// <summary>Reads how robots, their groups and the balances are doing, and says what is wrong: of all tenants, or of one for its overview.</summary>
internal sealed class TroubleQueries(Database database, IOptions<NoticesOptions> options)
{
    private const string Robots = """
        SELECT robots.id AS Id, robots.tenant_id AS TenantId, robots.name AS Name, session_id AS SessionId, session_since AS SessionSince, seen_at AS SeenAt,
            ended_at AS EndedAt, login AS Login, login_at AS LoginAt
        FROM robots JOIN robot_states ON robot_states.robot_id = robots.id
        WHERE robots.enabled AND robots.deleted_at IS NULL
        """;

    // Only what may be worth telling: hardly any of them.
    private const string Groups = """
        SELECT chat_groups.id AS Id, chat_groups.tenant_id AS TenantId, live_code_id AS CodeId, live_codes.name AS CodeName, chat_groups.name AS Name, stage AS Stage,
            CASE WHEN retired THEN 1 ELSE 0 END AS Retired, failure AS Failure, failed_at AS FailedAt, chat_groups.created_at AS CreatedAt, qr_issued_at AS QrIssuedAt
        FROM chat_groups JOIN live_codes ON live_codes.id = chat_groups.live_code_id
        WHERE live_codes.deleted_at IS NULL AND ((stage = @Failed AND failed_at IS NOT NULL)
            OR (stage = @Made AND ((qr_issued_at IS NULL AND chat_groups.created_at <= @FirstQr) OR qr_issued_at <= @Refresh)))
        """;

    private const string Quotas = """
        SELECT tenants.id AS TenantId,
            COALESCE((SELECT CAST(SUM("groups") AS bigint) FROM quota_entries WHERE quota_entries.tenant_id = tenants.id), 0)
                - (SELECT COUNT(*) FROM chat_groups WHERE chat_groups.tenant_id = tenants.id AND stage IN (@Creating, @Unknown)) AS GroupsLeft,
            (SELECT id FROM quota_entries WHERE quota_entries.tenant_id = tenants.id AND "groups" > 0 ORDER BY at DESC, id DESC LIMIT 1) AS LastGrant
        FROM tenants
        WHERE EXISTS (SELECT 1 FROM live_codes WHERE live_codes.tenant_id = tenants.id AND building = @Auto AND status = @On AND auto_replenish AND deleted_at IS NULL)
        """;

    /// <param name="tenant">Null: of all.</param>
    public async Task<IReadOnlyList<Trouble>> AllAsync(TenantId? tenant, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var robots = await connection.QueryAsync<RobotRow>(Command(Robots, "robots.tenant_id", tenant, now, ct));
        var groups = await connection.QueryAsync<GroupRow>(Command(Groups, "chat_groups.tenant_id", tenant, now, ct));
        var quotas = await connection.QueryAsync<QuotaRow>(Command(Quotas, "tenants.id", tenant, now, ct));
        return
        [
            .. robots.Select(row => TroubleRules.Of(row.Describe(now), options.Value.RobotPatience, now)).OfType<Trouble>(),
            .. groups.Select(row => TroubleRules.Of(row.Describe(), now)).OfType<Trouble>(),
            .. quotas.Select(row => TroubleRules.Of(row.Describe(), now)).OfType<Trouble>(),
        ];
    }

    private static CommandDefinition Command(string sql, string owner, TenantId? tenant, DateTimeOffset now, CancellationToken ct)
    {
        var parameters = new
        {
            TenantId = tenant?.Value,
            Creating = (int)GroupStage.Creating,
            Unknown = (int)GroupStage.Unknown,
            Failed = (int)GroupStage.Failed,
            Made = (int)GroupStage.Made,
            Auto = (int)Building.Auto,
            On = (int)LiveCodeStatus.On,
            FirstQr = (now - TroubleRules.FirstQrPatience).ToUnixTimeMilliseconds(),
            Refresh = (now - GroupPlan.QrRefreshesAfter - TroubleRules.RefreshPatience).ToUnixTimeMilliseconds(),
        };
        return new CommandDefinition(tenant is null ? sql : $"{sql} AND {owner} = @TenantId", parameters, cancellationToken: ct);
    }

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private sealed record RobotRow
    {
        public long Id { get; init; }

        public long TenantId { get; init; }

        public string Name { get; init; } = "";

        public long? SessionId { get; init; }

        public long? SessionSince { get; init; }

        public long? SeenAt { get; init; }

        public long? EndedAt { get; init; }

        public int Login { get; init; }

        public long? LoginAt { get; init; }

        public RobotUnderWatch Describe(DateTimeOffset now)
        {
            var isConnected = SessionId is not null && At(SeenAt) + RobotState.SessionLasts > now;
            var since = isConnected ? SessionSince : EndedAt > SeenAt || SeenAt is null ? EndedAt : SeenAt;
            return new RobotUnderWatch(new RobotId(Id), new TenantId(TenantId), Name, isConnected, At(since), (LoginState)Login, At(LoginAt));
        }
    }

    private sealed record GroupRow
    {
        public long Id { get; init; }

        public long TenantId { get; init; }

        public long CodeId { get; init; }

        public string CodeName { get; init; } = "";

        public string Name { get; init; } = "";

        public int Stage { get; init; }

        public int Retired { get; init; }

        public string? Failure { get; init; }

        public long? FailedAt { get; init; }

        public long CreatedAt { get; init; }

        public long? QrIssuedAt { get; init; }

        public GroupUnderWatch Describe() => new(
            new GroupId(Id), new TenantId(TenantId), new LiveCodeId(CodeId), CodeName, Name, (GroupStage)Stage, Retired != 0, Failure, At(FailedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), At(QrIssuedAt));
    }

    private sealed record QuotaRow
    {
        public long TenantId { get; init; }

        public long GroupsLeft { get; init; }

        public long? LastGrant { get; init; }

        public QuotaUnderWatch Describe() => new(new TenantId(TenantId), GroupsLeft, LastGrant is { } grant ? new QuotaEntryId(grant) : null);
    }
}
