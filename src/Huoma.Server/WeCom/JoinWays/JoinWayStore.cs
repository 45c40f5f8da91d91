using Dapper;
using Huoma.Domain.WeCom;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots;

namespace Huoma.Server.WeCom.JoinWays;

/// <summary>The join ways we made. The platform lists none, so whatever is not here can not be found again.</summary>
internal sealed class JoinWayStore(Database database, TimeProvider time)
{
    public async Task<JoinWay?> FindAsync(RobotId robotId, string chatId, CancellationToken ct)
    {
        const string sql = "SELECT robot_id AS RobotId, chat_id AS ChatId, config_id AS ConfigId, state AS State FROM wecom_join_ways WHERE robot_id = @RobotId AND chat_id = @ChatId";
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QuerySingleOrDefaultAsync<JoinWayRow>(new CommandDefinition(sql, new { RobotId = robotId.Value, ChatId = chatId }, cancellationToken: ct)))?.JoinWay;
    }

    public async Task KeepAsync(KnownRobot robot, JoinWay way, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO wecom_join_ways (robot_id, chat_id, tenant_id, config_id, state, created_at) VALUES (@RobotId, @ChatId, @TenantId, @ConfigId, @State, @Now)
            ON CONFLICT (robot_id, chat_id) DO UPDATE SET config_id = excluded.config_id, state = excluded.state, created_at = excluded.created_at
            """;
        var parameters = new
        {
            RobotId = way.RobotId.Value,
            way.ChatId,
            TenantId = robot.TenantId.Value,
            way.ConfigId,
            way.State,
            Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    public async Task ForgetAsync(JoinWay way, CancellationToken ct)
    {
        const string sql = "DELETE FROM wecom_join_ways WHERE robot_id = @RobotId AND chat_id = @ChatId AND config_id = @ConfigId";
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { RobotId = way.RobotId.Value, way.ChatId, way.ConfigId }, cancellationToken: ct));
    }

    /// <summary>Those whose group no code shows any more: removed, dissolved, or its code purged. New ones have an hour to be shown.</summary>
    public async Task<IReadOnlyList<JoinWay>> OrphansAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT robot_id AS RobotId, chat_id AS ChatId, config_id AS ConfigId, state AS State
            FROM wecom_join_ways
            WHERE created_at < @Before AND NOT EXISTS (
                SELECT 1 FROM chat_groups JOIN live_codes ON live_codes.id = chat_groups.live_code_id
                WHERE chat_groups.robot_id = wecom_join_ways.robot_id AND chat_groups.room_id = wecom_join_ways.chat_id
                    AND chat_groups.stage <> 5 AND live_codes.purged_at IS NULL)
            ORDER BY created_at LIMIT 500
            """;
        var before = time.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        return [.. (await connection.QueryAsync<JoinWayRow>(new CommandDefinition(sql, new { Before = before }, cancellationToken: ct))).Select(row => row.JoinWay)];
    }

    private sealed record JoinWayRow
    {
        public long RobotId { get; init; }

        public string ChatId { get; init; } = "";

        public string ConfigId { get; init; } = "";

        public string State { get; init; } = "";

        public JoinWay JoinWay => new(new RobotId(RobotId), ChatId, ConfigId, State);
    }
}
