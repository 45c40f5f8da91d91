using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Desk;

/// <summary>What waits for a robot, and what went wrong.</summary>
internal sealed record RobotCounts
{
    public static RobotCounts None { get; } = new();

    public long RobotId { get; init; }

    public long Waiting { get; init; }

    public long UnderWay { get; init; }

    public long Unknown { get; init; }

    public long Parked { get; init; }

    public long? ContactsAt { get; init; }
}

/// <summary>The last contacts a robot listed.</summary>
internal sealed record StoredContacts
{
    public string Contacts { get; init; } = "[]";

    public long ListedAt { get; init; }
}

/// <summary>Counts and lists what the queues of the tenant's robots hold.</summary>
internal sealed class RobotCountQueries(Database database, CurrentTenant tenant)
{
    public async Task<IReadOnlyDictionary<RobotId, RobotCounts>> OfTenantAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT robots.id AS RobotId,
                (SELECT COUNT(*) FROM robot_commands WHERE robot_id = robots.id AND state = 1) AS Waiting,
                (SELECT COUNT(*) FROM robot_commands WHERE robot_id = robots.id AND state = 2) AS UnderWay,
                (SELECT COUNT(*) FROM robot_commands WHERE robot_id = robots.id AND state = 6) AS Unknown,
                (SELECT COUNT(*) FROM robot_inbox WHERE robot_id = robots.id AND state = 3) AS Parked,
                (SELECT listed_at FROM robot_contacts WHERE robot_id = robots.id) AS ContactsAt
            FROM robots
            WHERE tenant_id = @TenantId AND deleted_at IS NULL
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<RobotCounts>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value }, cancellationToken: ct));
        return rows.ToDictionary(row => new RobotId(row.RobotId));
    }

    public async Task<IReadOnlyList<RobotEventResponse>> EventsAsync(RobotId id, int skip, int size, CancellationToken ct)
    {
        const string sql = """
            SELECT id AS Id, type AS Type, at AS At, state AS State, error AS Error
            FROM robot_inbox WHERE tenant_id = @TenantId AND robot_id = @RobotId AND command_id IS NULL
            ORDER BY id DESC LIMIT @Size OFFSET @Skip
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, RobotId = id.Value, Size = size, Skip = skip };
        var rows = await connection.QueryAsync<EventRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return [.. rows.Select(row => new RobotEventResponse(row.Id, row.Type, DateTimeOffset.FromUnixTimeMilliseconds(row.At), (InboxState)row.State, row.Error))];
    }

    public async Task<int> CountEventsAsync(RobotId id, CancellationToken ct)
    {
        const string sql = "SELECT COUNT(*) FROM robot_inbox WHERE tenant_id = @TenantId AND robot_id = @RobotId AND command_id IS NULL";
        await using var connection = await database.OpenAsync(ct);
        return (int)await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value, RobotId = id.Value }, cancellationToken: ct));
    }

    public async Task<StoredContacts?> ContactsAsync(RobotId id, CancellationToken ct)
    {
        const string sql = "SELECT contacts AS Contacts, listed_at AS ListedAt FROM robot_contacts WHERE tenant_id = @TenantId AND robot_id = @RobotId";
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<StoredContacts>(
            new CommandDefinition(sql, new { TenantId = tenant.Id.Value, RobotId = id.Value }, cancellationToken: ct));
    }

    private sealed record EventRow
    {
        public long Id { get; init; }

        public string Type { get; init; } = "";

        public long At { get; init; }

        public int State { get; init; }

        public string? Error { get; init; }
    }
}
