using Huoma.Domain;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots.Inbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Desk;

/// <summary>启动, 停止, 退出登录, 刷新联系人: told when the gateway is there, within ten minutes.</summary>
internal static class TellRobot
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    public static Task<Results<Accepted<RobotCommandResponse>, ProblemHttpResult>> Start(
        RobotId id, HuomaDb db, RobotOutbox outbox, CancellationToken ct) => TellAsync(id, CommandTypes.Start, robot => robot.Run(shouldRun: true), db, outbox, ct);

    public static Task<Results<Accepted<RobotCommandResponse>, ProblemHttpResult>> Stop(
        RobotId id, HuomaDb db, RobotOutbox outbox, CancellationToken ct) => TellAsync(id, CommandTypes.Stop, robot => robot.Run(shouldRun: false), db, outbox, ct);

    public static Task<Results<Accepted<RobotCommandResponse>, ProblemHttpResult>> Logout(
        RobotId id, HuomaDb db, RobotOutbox outbox, CancellationToken ct) => TellAsync(id, CommandTypes.Logout, _ => null, db, outbox, ct);

    public static Task<Results<Accepted<RobotCommandResponse>, ProblemHttpResult>> ListContacts(
        RobotId id, HuomaDb db, RobotOutbox outbox, CancellationToken ct) => TellAsync(id, CommandTypes.Contacts, robot => robot.CanBeAsked(), db, outbox, ct);

    private static async Task<Results<Accepted<RobotCommandResponse>, ProblemHttpResult>> TellAsync(
        RobotId id, string type, Func<Robot, Refusal?> decide, HuomaDb db, RobotOutbox outbox, CancellationToken ct)
    {
        if (await db.Robots.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        if (decide(robot) is { } refusal)
        {
            return refusal.ToProblem();
        }

        // Pressed twice is told once.
        var waiting = await db.RobotCommands.FirstOrDefaultAsync(row => row.RobotId == id && row.Type == type && row.State == CommandState.Queued, ct);
        var command = waiting ?? outbox.Send(id, type, new { }, AccountListener.Purpose, subject: 0, Within);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/api/v1/robots/{id}/commands", RobotCommandResponse.Of(command));
    }
}
