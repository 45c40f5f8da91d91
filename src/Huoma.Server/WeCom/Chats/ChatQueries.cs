using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.WeCom.Chats;

/// <summary>A customer group of the signed-in tenant's robot.</summary>
internal sealed record SeenChat
{
    public string ChatId { get; init; } = "";

    public string Name { get; init; } = "";

    public string? OwnerId { get; init; }

    public long Members { get; init; }

    public long? ReadAt { get; init; }

    public long? DismissedAt { get; init; }

    /// <summary>The code it is under already; null: none.</summary>
    public long? LiveCodeId { get; init; }

    public string? LiveCodeName { get; init; }
}

/// <summary>客户群 of a robot, to choose from.</summary>
internal sealed class ChatQueries(Database database, CurrentTenant tenant)
{
    private const string Select = """
        SELECT chats.chat_id AS ChatId, chats.name AS Name, chats.owner_id AS OwnerId, CAST(chats.members AS bigint) AS Members, chats.read_at AS ReadAt,
            chats.dismissed_at AS DismissedAt, codes.id AS LiveCodeId, codes.name AS LiveCodeName
        FROM wecom_chats AS chats
        LEFT JOIN chat_groups AS linked ON linked.tenant_id = chats.tenant_id AND linked.room_id = chats.chat_id AND linked.linked
        LEFT JOIN live_codes AS codes ON codes.id = linked.live_code_id AND codes.purged_at IS NULL
        WHERE chats.tenant_id = @TenantId AND chats.robot_id = @RobotId
        """;

    /// <summary>Those that are there, by name.</summary>
    public async Task<IReadOnlyList<SeenChat>> AllAsync(RobotId robotId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, RobotId = robotId.Value };
        return [.. await connection.QueryAsync<SeenChat>(new CommandDefinition(Select + " AND chats.dismissed_at IS NULL ORDER BY chats.name, chats.chat_id", parameters, cancellationToken: ct))];
    }

    public async Task<SeenChat?> FindAsync(RobotId robotId, string chatId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, RobotId = robotId.Value, ChatId = chatId };
        return await connection.QuerySingleOrDefaultAsync<SeenChat>(new CommandDefinition(Select + " AND chats.chat_id = @ChatId", parameters, cancellationToken: ct));
    }
}
