using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Gateway;

/// <summary>What a session does next.</summary>
/// <param name="Goodbye">It is over.</param>
internal sealed record NextSteps(IReadOnlyList<RobotCommand> Commands, Goodbye? Goodbye = null)
{
    public static readonly NextSteps Nothing = new([]);

    public static NextSteps Over(Goodbye goodbye) => new([], goodbye);
}

/// <summary>
/// Takes what is to be sent out of the outbox, when the robot's limits allow it. It is marked as sent before it is: what was sent and has no
/// result is sent again, by the same id, to whoever dials in next.
/// </summary>
internal sealed class CommandDispatch(Database database, RobotScopes scopes, TimeProvider time)
{
    /// <summary>Most commands a gateway has without having answered them.</summary>
    private const int MaxUnderWay = 20;

    private const int MaxLookedAt = 500;

    private static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);

    /// <summary>What the last session was told and did not answer, or whose answer was lost.</summary>
    public async Task<IReadOnlyList<RobotCommand>> UnansweredAsync(GatewaySession session, CancellationToken ct)
    {
        await using var scope = scopes.Of(session.Robot.TenantId);
        return await scope.Db.RobotCommands.AsNoTracking().Where(row => row.RobotId == session.Robot.Id && row.State == CommandState.Sent)
            .OrderBy(row => row.SentAt).ThenBy(row => row.CreatedAt).ThenBy(row => row.Place).ToListAsync(ct);
    }

    public async Task<NextSteps> NextAsync(GatewaySession session, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var row = await ReadAsync(session, now, ct);
        if (row?.TokenHash != session.Robot.TokenHash)
        {
            return NextSteps.Over(Goodbye.TokenVoid);
        }

        if (row.SessionId != session.Id)
        {
            return NextSteps.Over(Goodbye.Replaced);
        }

        await using var scope = scopes.Of(session.Robot.TenantId);
        var chosen = row.Queued == 0 ? [] : await ChooseAsync(scope, session.Robot.Id, row, now, ct);
        if (chosen.Count == 0 && !scope.Db.ChangeTracker.HasChanges() && now.ToUnixTimeMilliseconds() - row.SeenAt < SeenEvery.TotalMilliseconds)
        {
            return NextSteps.Nothing;
        }

        return await TakeAsync(scope.Db, session, chosen, now, ct) is { } taken ? new NextSteps(taken) : NextSteps.Over(Goodbye.Replaced);
    }

    private async Task<Row?> ReadAsync(GatewaySession session, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            SELECT robots.token_hash AS TokenHash, states.session_id AS SessionId, COALESCE(states.seen_at, 0) AS SeenAt,
                (SELECT COUNT(*) FROM robot_commands WHERE robot_id = robots.id AND state = 1 AND not_before <= @Now AND deadline > @Now) AS Queued,
                (SELECT COUNT(*) FROM robot_commands WHERE robot_id = robots.id AND state = 2) AS UnderWay
            FROM robots JOIN robot_states AS states ON states.robot_id = robots.id
            WHERE robots.id = @RobotId
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { RobotId = session.Robot.Id.Value, Now = now.ToUnixTimeMilliseconds() };
        return await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private static async Task<IReadOnlyList<RobotCommandId>> ChooseAsync(RobotScope scope, RobotId robotId, Row row, DateTimeOffset now, CancellationToken ct)
    {
        var db = scope.Db;
        var robot = await db.Robots.AsNoTracking().SingleAsync(one => one.Id == robotId, ct);
        var state = await db.RobotStates.AsNoTracking().SingleAsync(one => one.RobotId == robotId, ct);

        // What is soon too late goes first: a welcome does not wait behind an announcement to a hundred groups.
        var queue = await db.RobotCommands.AsNoTracking().Where(one => one.RobotId == robotId && one.State == CommandState.Queued)
            .OrderBy(one => one.Deadline).ThenBy(one => one.CreatedAt).ThenBy(one => one.Place).Take(MaxLookedAt)
            .Select(one => new WaitingCommand(one.Id, one.Type, one.Weight, one.NotBefore, one.Deadline, one.ErrorCode)).ToListAsync(ct);
        if (!state.CanAct && robot.Enabled)
        {
            await AskAsync(scope, queue, robotId, now, ct);
        }

        var readiness = new RobotReadiness(robot.Enabled, state.CanAct, state.CreationStoppedUntil, MaxUnderWay - (int)row.UnderWay);
        return RobotPacing.Next(queue, await SentAsync(db, robotId, queue, now, ct), robot.Limits, readiness, now);
    }

    /// <summary>Commands wait for a login. That is reported; should it not be, we find out.</summary>
    private static async Task AskAsync(RobotScope scope, List<WaitingCommand> queue, RobotId robotId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - AskEvery;
        if (!queue.TrueForAll(one => CommandTypes.IsAboutAccount(one.Type))
            && !await scope.Db.RobotCommands.AnyAsync(row => row.RobotId == robotId && row.Type == CommandTypes.Status && row.CreatedAt > since, ct))
        {
            scope.Outbox.Send(robotId, CommandTypes.Status, new { }, AccountListener.Purpose, subject: 0, AskEvery);
        }
    }

    /// <summary>As far back as pacing looks; only of what is waited for.</summary>
    private static async Task<List<SentCommand>> SentAsync(HuomaDb db, RobotId robotId, List<WaitingCommand> queue, DateTimeOffset now, CancellationToken ct)
    {
        var sent = new List<SentCommand>();
        var from = now - RobotPacing.Day;
        foreach (var pace in queue.Select(one => RobotPacing.Of(one.Type)).Where(pace => pace != Pace.Free).Distinct())
        {
            var types = RobotPacing.TypesOf(pace);
            var rows = await db.RobotCommands.AsNoTracking().Where(one => one.RobotId == robotId && types.Contains(one.Type) && one.SentAt >= from)
                .OrderByDescending(one => one.SentAt).Take(RobotPacing.MostRemembered)
                .Select(one => new { one.Type, one.Weight, one.SentAt, one.State }).ToListAsync(ct);
            sent.AddRange(rows.Select(one => new SentCommand(
                one.Type, one.Weight, one.SentAt ?? now, one.State is CommandState.Sent or CommandState.Done or CommandState.Unknown)));
        }

        return sent;
    }

    /// <summary>Null when another session has taken over.</summary>
    private static async Task<IReadOnlyList<RobotCommand>?> TakeAsync(
        HuomaDb db, GatewaySession session, IReadOnlyList<RobotCommandId> chosen, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await SessionStore.LockAsync(db, session, now, ct))
        {
            return null;
        }

        var rows = await db.RobotCommands.Where(row => chosen.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        List<RobotCommand> taken = [.. chosen.Where(rows.ContainsKey).Select(id => rows[id]).Where(command => command.Send(now))];
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return taken;
    }

    private sealed record Row
    {
        public string? TokenHash { get; init; }

        public long? SessionId { get; init; }

        public long SeenAt { get; init; }

        public long Queued { get; init; }

        public long UnderWay { get; init; }
    }
}
