using Dapper;
using Huoma.Server.Robots;
using Huoma.Server.WeCom.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Huoma.Server.Platform.Data.Database;
using HuomaDb = Huoma.Server.Platform.Data.HuomaDb;

namespace Huoma.Server.WeCom.Chats;

/// <summary>What is known of a customer group besides what the API says at the moment.</summary>
internal sealed record KnownChat
{
    /// <summary>As new its member list must be, by a callback; null: nothing was told since it was read.</summary>
    public string? WantedVersion { get; init; }

    public long? DismissedAt { get; init; }
}

/// <summary>客户群 robots see: their names for who picks one, and how new their member lists must be.</summary>
internal sealed class ChatStore(Database database, TimeProvider time)
{
    private const int NameMaxLength = 100;

    public async Task<KnownChat?> FindAsync(RobotId robotId, string chatId, CancellationToken ct)
    {
        const string sql = "SELECT wanted_version AS WantedVersion, dismissed_at AS DismissedAt FROM wecom_chats WHERE robot_id = @RobotId AND chat_id = @ChatId";
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<KnownChat>(new CommandDefinition(sql, new { RobotId = robotId.Value, ChatId = chatId }, cancellationToken: ct));
    }

    /// <summary>A callback told of a change; in the caller's transaction. One that comes late or again changes nothing that is newer.</summary>
    public static Task ToldAsync(HuomaDb db, KnownRobot robot, string chatId, string? version, bool isDismissed, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO wecom_chats (robot_id, chat_id, tenant_id, name, members, wanted_version, wanted_at, dismissed_at)
            VALUES (@RobotId, @ChatId, @TenantId, '', 0, @Version, @At, @DismissedAt)
            ON CONFLICT (robot_id, chat_id) DO UPDATE SET
                wanted_version = CASE WHEN excluded.wanted_at >= wecom_chats.wanted_at THEN COALESCE(excluded.wanted_version, wecom_chats.wanted_version)
                    ELSE wecom_chats.wanted_version END,
                wanted_at = CASE WHEN excluded.wanted_at >= wecom_chats.wanted_at THEN excluded.wanted_at ELSE wecom_chats.wanted_at END,
                dismissed_at = COALESCE(wecom_chats.dismissed_at, excluded.dismissed_at)
            """;
        var told = at.ToUnixTimeMilliseconds();
        var parameters = new
        {
            RobotId = robot.Id.Value,
            ChatId = chatId,
            TenantId = robot.TenantId.Value,
            Version = version,
            At = told,
            DismissedAt = isDismissed ? told : (long?)null,
        };
        return db.Database.GetDbConnection().ExecuteAsync(new CommandDefinition(sql, parameters, db.Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: ct));
    }

    /// <summary>The list named these.</summary>
    public async Task ListedAsync(KnownRobot robot, IReadOnlyCollection<string> chatIds, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO wecom_chats (robot_id, chat_id, tenant_id, name, members, wanted_at, listed_at) VALUES (@RobotId, @ChatId, @TenantId, '', 0, 0, @Now)
            ON CONFLICT (robot_id, chat_id) DO UPDATE SET listed_at = excluded.listed_at
            """;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = chatIds.Order(StringComparer.Ordinal).Select(chatId => new { RobotId = robot.Id.Value, ChatId = chatId, TenantId = robot.TenantId.Value, Now = now });
        await connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    /// <summary>It was read. What a callback wanted is fulfilled, unless another wants more by now.</summary>
    /// <param name="fulfilled">The version that was wanted; null: none, or it is not there yet.</param>
    public async Task ReadAsync(KnownRobot robot, string chatId, Chat chat, string? fulfilled, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO wecom_chats (robot_id, chat_id, tenant_id, name, owner_id, members, wanted_at, read_at)
            VALUES (@RobotId, @ChatId, @TenantId, @Name, @OwnerId, @Members, 0, @Now)
            ON CONFLICT (robot_id, chat_id) DO UPDATE SET name = excluded.name, owner_id = excluded.owner_id, members = excluded.members, read_at = excluded.read_at,
                wanted_version = CASE WHEN wecom_chats.wanted_version = @Fulfilled THEN NULL ELSE wecom_chats.wanted_version END
            """;
        var name = chat.Name ?? "";
        var parameters = new
        {
            RobotId = robot.Id.Value,
            ChatId = chatId,
            TenantId = robot.TenantId.Value,
            Name = name.Length > NameMaxLength ? name[..NameMaxLength] : name,
            OwnerId = chat.Owner,
            Members = chat.MemberList?.Count ?? 0,
            Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Fulfilled = fulfilled,
        };
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}
