using Dapper;
using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Huoma.Server.Groups.Rules;

/// <summary>A text a member wrote.</summary>
internal sealed record HeardMessage
{
    public long GroupId { get; init; }

    public string MemberId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Text { get; init; } = "";

    public long At { get; init; }
}

/// <summary>The last texts of members, kept for 试运行 only: few, and not for long (<see cref="ForgetHeardMessages"/>).</summary>
internal sealed class HeardMessageStore(HuomaDb db, Platform.Data.Database database)
{
    /// <summary>So many of each code are kept and looked at.</summary>
    public const int MostKept = 1_000;

    private const int TextMaxLength = 2_000;

    /// <summary>Within the caller's transaction. False when it was heard before.</summary>
    public async Task<bool> KeepAsync(Group group, RoomNews.Said said, string senderId, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO heard_messages (tenant_id, live_code_id, group_id, message_id, member_id, name, text, at)
            VALUES (@TenantId, @LiveCodeId, @GroupId, @MessageId, @SenderId, @Name, @Text, @At)
            ON CONFLICT (group_id, message_id) DO NOTHING
            """;
        var (text, name) = (said.Text ?? "", said.SenderName ?? "");
        var parameters = new
        {
            TenantId = group.TenantId.Value,
            LiveCodeId = group.LiveCodeId.Value,
            GroupId = group.Id.Value,
            MessageId = said.MsgId,
            SenderId = senderId,
            Name = name.Length > GroupMember.NameMaxLength ? name[..GroupMember.NameMaxLength] : name,
            Text = text.Length > TextMaxLength ? text[..TextMaxLength] : text,
            At = at.ToUnixTimeMilliseconds(),
        };
        return await db.Database.GetDbConnection().ExecuteAsync(
            new CommandDefinition(sql, parameters, db.Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: ct)) > 0;
    }

    /// <summary>Of one code, the newest first.</summary>
    public async Task<IReadOnlyList<HeardMessage>> LastAsync(LiveCodeId id, CancellationToken ct)
    {
        const string sql = """
            SELECT group_id AS GroupId, member_id AS MemberId, name AS Name, text AS Text, at AS At
            FROM heard_messages WHERE live_code_id = @Id ORDER BY id DESC LIMIT @MostKept
            """;
        await using var connection = await database.OpenAsync(ct);
        return [.. await connection.QueryAsync<HeardMessage>(new CommandDefinition(sql, new { Id = id.Value, MostKept }, cancellationToken: ct))];
    }

    /// <summary>Deletes what is older, and what is too much of one code.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        const string old = "DELETE FROM heard_messages WHERE at < @Before";
        const string crowded = "SELECT live_code_id FROM heard_messages GROUP BY live_code_id HAVING COUNT(*) > @MostKept";
        const string surplus = """
            DELETE FROM heard_messages WHERE live_code_id = @Id
                AND id <= (SELECT id FROM heard_messages WHERE live_code_id = @Id ORDER BY id DESC LIMIT 1 OFFSET @MostKept)
            """;
        await using var connection = await database.OpenAsync(ct);
        var deleted = await connection.ExecuteAsync(new CommandDefinition(old, new { Before = before.ToUnixTimeMilliseconds() }, cancellationToken: ct));
        foreach (var id in await connection.QueryAsync<long>(new CommandDefinition(crowded, new { MostKept }, cancellationToken: ct)))
        {
            deleted += await connection.ExecuteAsync(new CommandDefinition(surplus, new { Id = id, MostKept }, cancellationToken: ct));
        }

        return deleted;
    }
}
