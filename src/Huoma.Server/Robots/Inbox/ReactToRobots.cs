using System.Data.Common;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Gateway;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Inbox;

/// <summary>
/// Lets everybody who wants react to what came in, robot by robot and in order, each in a transaction in which it is marked as done. Any
/// number of processes may do so at once: the mark locks the row, and who comes second finds it done.
/// </summary>
internal sealed class ReactToRobots(InboxStore store, RobotScopes scopes, RobotBells bells, TimeProvider time, ILogger<ReactToRobots> log) : IRungJob
{
    private const int RobotsAtOnce = 4;

    private int isAway;

    public Bell Bell => bells.Inbox;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(
                await store.DueAsync(time.GetUtcNow(), ct), new ParallelOptions { MaxDegreeOfParallelism = RobotsAtOnce, CancellationToken = ct }, ReactAsync);
            Interlocked.Exchange(ref isAway, 0);
        }
        catch (Exception exception) when (exception.IsBusyDatabase())
        {
            // Nobody is to blame for that. Said once, not every second.
            if (Interlocked.Exchange(ref isAway, 1) == 0)
            {
                log.ReactionsStopped(exception);
            }
        }
    }

    private async ValueTask ReactAsync(InboxOwner owner, CancellationToken ct)
    {
        while (await ReactToFirstAsync(owner, ct))
        {
            // The next one.
        }
    }

    /// <summary>False when nothing is due any more.</summary>
    private async Task<bool> ReactToFirstAsync(InboxOwner owner, CancellationToken ct)
    {
        await using var scope = scopes.Of(owner.Tenant);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // The robot's row first, as everybody does: who takes the same locks in another order waits for ever.
        await SessionStore.LockAsync(db, owner.Robot, ct);
        if (await InboxStore.FirstAsync(db, owner.Robot, time.GetUtcNow(), ct) is not { } row)
        {
            return false;
        }

        if (!await InboxStore.TakeAsync(db, row, time.GetUtcNow(), ct))
        {
            return true;
        }

        try
        {
            await TellAsync(scope, row, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !exception.IsBusyDatabase())
        {
            await transaction.RollbackAsync(CancellationToken.None);
            await FailAsync(row, exception);
            return true;
        }

        bells.Ring(owner.Robot);
        return true;
    }

    private static async Task TellAsync(RobotScope scope, InboxRow row, CancellationToken ct)
    {
        var listeners = scope.Services.GetServices<IRobotListener>();
        if (row.CommandId is { } commandId)
        {
            var id = new RobotCommandId(commandId);
            if (await scope.Db.RobotCommands.SingleOrDefaultAsync(command => command.Id == id, ct) is { } command)
            {
                foreach (var listener in listeners)
                {
                    await listener.OnResultAsync(command, scope.Db, ct);
                }
            }

            return;
        }

        using var data = JsonDocument.Parse(row.Data);
        var happened = new RobotEvent(
            row.Id, new TenantId(row.TenantId), new RobotId(row.RobotId), row.EventId, row.Type, DateTimeOffset.FromUnixTimeMilliseconds(row.At), data.RootElement);
        foreach (var listener in listeners)
        {
            await listener.OnEventAsync(happened, scope.Db, ct);
        }
    }

    private async Task FailAsync(InboxRow row, Exception exception)
    {
        var attempt = row.Attempts + 1;
        var wait = InboxRules.WaitAfter(attempt);

        // What the database says is about tables and hosts, which is nobody's business in the console.
        var error = exception is DbException or DbUpdateException ? exception.GetType().Name : $"{exception.GetType().Name}: {exception.Message}";
        await store.FailAsync(row, error, wait, time.GetUtcNow());
        if (wait is null)
        {
            log.Parked(new RobotId(row.RobotId), row.Id, row.Type, attempt, exception);
        }
        else
        {
            log.ReactionFailed(new RobotId(row.RobotId), row.Id, row.Type, attempt, exception);
        }
    }
}
