using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Gateway;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Inbox;

/// <summary>Ends commands whose time is over, whether or not a gateway is there.</summary>
internal sealed class RunOutCommands(Database database, RobotScopes scopes, RobotBells bells, TimeProvider time) : IScheduledJob
{
    private const int Step = 200;

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT DISTINCT robot_id AS RobotId, tenant_id AS TenantId FROM robot_commands
            WHERE state <= 2 AND deadline <= @Now AND (state = 1 OR deadline <= @GiveUp)
            """;
        var now = time.GetUtcNow();
        var parameters = new { Now = now.ToUnixTimeMilliseconds(), GiveUp = (now - RobotCommand.ResultPatience).ToUnixTimeMilliseconds() };
        List<InboxOwner> owners;
        await using (var connection = await database.OpenAsync(ct))
        {
            owners = [.. await connection.QueryAsync<InboxOwner>(new CommandDefinition(sql, parameters, cancellationToken: ct))];
        }

        var ended = 0L;
        foreach (var owner in owners)
        {
            int step;
            do
            {
                step = await RunOutAsync(owner, now, ct);
                ended += step;
            }
            while (step == Step);

            bells.Inbox.Ring();
        }

        return JobResult.Of(("commands", ended));
    }

    private async Task<int> RunOutAsync(InboxOwner owner, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.Of(owner.Tenant);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SessionStore.LockAsync(db, owner.Robot, ct);
        var giveUp = now - RobotCommand.ResultPatience;
        var due = await db.RobotCommands
            .Where(row => row.RobotId == owner.Robot && row.Deadline <= now
                && (row.State == CommandState.Queued || (row.State == CommandState.Sent && row.Deadline <= giveUp)))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Place).Take(Step).ToListAsync(ct);
        foreach (var command in due.Where(command => command.RunOut(now)))
        {
            await InboxStore.AddFinishedAsync(db, command, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }
}
