using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Gateway;

/// <summary>
/// Stores what gateways report, each event once by its id, and what became of commands; a batch in one transaction. Only then is it
/// acknowledged. Nobody reacts here: that is <see cref="ReactToRobots"/>.
/// </summary>
internal sealed class GatewayIntake(RobotScopes scopes, RobotBells bells, TimeProvider time, ILogger<GatewayIntake> log)
{
    private const int MaxEventId = 100;

    /// <summary>False when another session has taken over; then nothing was stored.</summary>
    public async Task<bool> StoreAsync(GatewaySession session, IReadOnlyList<GatewayMessage> batch, CancellationToken ct)
    {
        await using var scope = scopes.Of(session.Robot.TenantId);
        var db = scope.Db;
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await SessionStore.LockAsync(db, session, now, ct))
        {
            return false;
        }

        var dropped = 0;
        foreach (var message in batch)
        {
            switch (message)
            {
                case GatewayMessage.Event { Json: { } json } happened when IsWanted(session, happened):
                    await InboxStore.AddEventAsync(db, session.Robot, happened, json, now, ct);
                    break;
                case GatewayMessage.Result result:
                    await AnswerAsync(db, session, result, now, ct);
                    break;
                default:
                    dropped++;
                    break;
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        bells.Inbox.Ring();
        if (dropped > 0)
        {
            log.Dropped(session.Robot.Id, dropped);
        }

        return true;
    }

    private static bool IsWanted(GatewaySession session, GatewayMessage.Event happened) =>
        EventTypes.IsKnown(happened.Type) && happened.EventId.Length <= MaxEventId && happened.RobotId == session.Robot.Id.ToString();

    private static async Task AnswerAsync(HuomaDb db, GatewaySession session, GatewayMessage.Result result, DateTimeOffset now, CancellationToken ct)
    {
        var id = RobotCommandId.Parse(result.CommandId);
        if (await db.RobotCommands.SingleOrDefaultAsync(row => row.Id == id && row.RobotId == session.Robot.Id, ct) is not { } command
            || command.Answer(result.Content, now) is not { } outcome)
        {
            return;
        }

        var state = await db.RobotStates.SingleAsync(row => row.RobotId == session.Robot.Id, ct);
        state.Hears(command, outcome, now);
        if (command.IsFinished)
        {
            await InboxStore.AddFinishedAsync(db, command, now, ct);
        }
    }
}
