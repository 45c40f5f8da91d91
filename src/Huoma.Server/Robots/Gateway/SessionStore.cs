using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Gateway;

/// <summary>One connection of a gateway to a robot, after its hello.</summary>
internal sealed record GatewaySession(long Id, KnownRobot Robot, string GatewayId);

/// <summary>
/// Who serves a robot: the number in its row. The newest to come writes his own over it, in whatever process; whoever finds
/// another there than his own stops. Everything that is taken in or sent is written together with a look at it, in one transaction.
/// </summary>
internal sealed class SessionStore(Database database, RobotScopes scopes, RobotBells bells, TimeProvider time)
{
    private static readonly TimeSpan StatusWithin = TimeSpan.FromMinutes(2);

    /// <summary>Null when the token is no longer good.</summary>
    public async Task<GatewaySession?> BeginAsync(KnownRobot robot, GatewayMessage.Hello hello, CancellationToken ct)
    {
        await using var scope = scopes.Of(robot.TenantId);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(db, robot.Id, ct);
        if (!await db.Robots.AnyAsync(row => row.Id == robot.Id && row.TokenHash == robot.TokenHash, ct)
            || await db.RobotStates.SingleOrDefaultAsync(row => row.RobotId == robot.Id, ct) is not { } state)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var session = new GatewaySession(NewId.Of<GatewaySession>().Value, robot, hello.GatewayId);
        state.BeginSession(session.Id, hello.GatewayId, hello.Version, hello.Puppet, now);
        state.IsAbleTo(hello.Capabilities?.GetValueOrDefault(robot.Id.ToString()));
        scope.Outbox.Send(robot.Id, CommandTypes.Status, new { }, AccountListener.Purpose, subject: 0, StatusWithin);
        await db.SaveChangesAsync(ct);

        // The same gateway for another robot: one of the two is an old connection, or two programs have the same id.
        await db.RobotStates.Where(row => row.GatewayId == hello.GatewayId && row.RobotId != robot.Id && row.SessionId != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SessionId, (long?)null).SetProperty(row => row.EndedAt, now), ct);
        await transaction.CommitAsync(ct);
        bells.RingAll();
        return session;
    }

    /// <summary>A session that is not the one any more ends nothing.</summary>
    public async Task EndAsync(GatewaySession session)
    {
        const string sql = "UPDATE robot_states SET session_id = NULL, ended_at = @Now WHERE robot_id = @RobotId AND session_id = @SessionId";
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, new { RobotId = session.Robot.Id.Value, SessionId = session.Id, Now = time.GetUtcNow().ToUnixTimeMilliseconds() });
    }

    /// <summary>Locks the robot's row for the transaction, and says whether the session is still the one.</summary>
    public static async Task<bool> LockAsync(HuomaDb db, GatewaySession session, DateTimeOffset now, CancellationToken ct) =>
        await db.RobotStates.Where(row => row.RobotId == session.Robot.Id && row.SessionId == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now), ct) > 0;

    /// <summary>Locks the robot's row for the transaction, whoever serves it.</summary>
    public static Task LockAsync(HuomaDb db, RobotId robotId, CancellationToken ct) =>
        db.RobotStates.Where(row => row.RobotId == robotId).ExecuteUpdateAsync(set => set.SetProperty(row => row.TenantId, row => row.TenantId), ct);
}
