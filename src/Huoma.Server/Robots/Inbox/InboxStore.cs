using System.Data.Common;
using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Robots.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Huoma.Server.Platform.Data.Database;
using HuomaDb = Huoma.Server.Platform.Data.HuomaDb;

namespace Huoma.Server.Robots.Inbox;

/// <summary>Something that came in and waits for a reaction: an event, or a finished command.</summary>
internal sealed record InboxRow
{
    public long Id { get; init; }

    public long TenantId { get; init; }

    public long RobotId { get; init; }

    public string EventId { get; init; } = "";

    public string Type { get; init; } = "";

    public long? CommandId { get; init; }

    public long At { get; init; }

    public string Data { get; init; } = "{}";

    public int Attempts { get; init; }

    public long RetryAt { get; init; }
}

/// <summary>A robot and its tenant.</summary>
internal sealed record InboxOwner
{
    public long RobotId { get; init; }

    public long TenantId { get; init; }

    public RobotId Robot => new(RobotId);

    public TenantId Tenant => new(TenantId);
}

/// <summary>The inbox, read and written in the transactions of others.</summary>
internal sealed class InboxStore(Database database)
{
    private const int MaxError = 300;

    public static Task AddEventAsync(HuomaDb db, KnownRobot robot, GatewayMessage.Event happened, string json, DateTimeOffset now, CancellationToken ct) =>
        AddAsync(
            db,
            new InboxRow
            {
                TenantId = robot.TenantId.Value,
                RobotId = robot.Id.Value,
                EventId = happened.EventId,
                Type = happened.Type,
                At = happened.At.ToUnixTimeMilliseconds(),
                Data = json,
            },
            now,
            ct);

    /// <summary>A command is finished once; so its listeners are told once.</summary>
    public static Task AddFinishedAsync(HuomaDb db, RobotCommand command, DateTimeOffset now, CancellationToken ct) =>
        AddAsync(
            db,
            new InboxRow
            {
                TenantId = command.TenantId.Value,
                RobotId = command.RobotId.Value,
                EventId = $"cmd:{command.Id}",
                Type = command.Type,
                CommandId = command.Id.Value,
                At = now.ToUnixTimeMilliseconds(),
            },
            now,
            ct);

    /// <summary>Robots whose first waiting row is due.</summary>
    public async Task<IReadOnlyList<InboxOwner>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            SELECT robot_inbox.robot_id AS RobotId, robot_inbox.tenant_id AS TenantId
            FROM robot_inbox JOIN (SELECT MIN(id) AS id FROM robot_inbox WHERE state = 1 GROUP BY robot_id) AS firsts ON firsts.id = robot_inbox.id
            WHERE robot_inbox.retry_at <= @Now
            ORDER BY robot_inbox.id
            """;
        await using var connection = await database.OpenAsync(ct);
        return [.. await connection.QueryAsync<InboxOwner>(new CommandDefinition(sql, new { Now = now.ToUnixTimeMilliseconds() }, cancellationToken: ct))];
    }

    /// <summary>The robot's first waiting row; null when there is none, or its time has not come.</summary>
    public static async Task<InboxRow?> FirstAsync(HuomaDb db, RobotId robotId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            SELECT id AS Id, tenant_id AS TenantId, robot_id AS RobotId, event_id AS EventId, type AS Type, command_id AS CommandId, at AS At, data AS Data,
                attempts AS Attempts, retry_at AS RetryAt
            FROM robot_inbox WHERE robot_id = @RobotId AND state = 1 ORDER BY id LIMIT 1
            """;
        var row = await db.Database.GetDbConnection().QuerySingleOrDefaultAsync<InboxRow>(
            new CommandDefinition(sql, new { RobotId = robotId.Value }, TransactionOf(db), cancellationToken: ct));
        return row is null || row.RetryAt > now.ToUnixTimeMilliseconds() ? null : row;
    }

    /// <summary>Marks it as done within the transaction, which locks it. False when another process was faster.</summary>
    public static async Task<bool> TakeAsync(HuomaDb db, InboxRow row, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "UPDATE robot_inbox SET state = 2, attempts = attempts + 1, error = NULL, done_at = @Now WHERE id = @Id AND state = 1";
        return await db.Database.GetDbConnection().ExecuteAsync(
            new CommandDefinition(sql, new { row.Id, Now = now.ToUnixTimeMilliseconds() }, TransactionOf(db), cancellationToken: ct)) > 0;
    }

    /// <summary>After everything it did was undone: it is tried again, or put aside.</summary>
    public async Task FailAsync(InboxRow row, string error, TimeSpan? wait, DateTimeOffset now)
    {
        const string sql = """
            UPDATE robot_inbox SET state = @State, attempts = attempts + 1, retry_at = @RetryAt, error = @Error, done_at = @DoneAt WHERE id = @Id AND state = 1
            """;
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var at = now.ToUnixTimeMilliseconds();
        await connection.ExecuteAsync(sql, new
        {
            row.Id,
            State = (int)(wait is null ? InboxState.Parked : InboxState.Waiting),
            RetryAt = at + (long)(wait ?? TimeSpan.Zero).TotalMilliseconds,
            Error = error.Length > MaxError ? error[..MaxError] : error,
            DoneAt = wait is null ? at : (long?)null,
        });
    }

    private static Task<int> AddAsync(HuomaDb db, InboxRow row, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO robot_inbox (tenant_id, robot_id, event_id, type, command_id, at, data, state, attempts, retry_at, received_at)
            VALUES (@TenantId, @RobotId, @EventId, @Type, @CommandId, @At, @Data, 1, 0, 0, @Now)
            ON CONFLICT (robot_id, event_id) DO NOTHING
            """;
        var parameters = new { row.TenantId, row.RobotId, row.EventId, row.Type, row.CommandId, row.At, row.Data, Now = now.ToUnixTimeMilliseconds() };
        return db.Database.GetDbConnection().ExecuteAsync(new CommandDefinition(sql, parameters, TransactionOf(db), cancellationToken: ct));
    }

    private static DbTransaction? TransactionOf(HuomaDb db) => db.Database.CurrentTransaction?.GetDbTransaction();
}
