using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;
using Huoma.Server.Platform;
using Huoma.Server.Robots.Gateway;

namespace Huoma.Server.WeCom.Driving;

/// <summary>
/// Serves the robots of 企业微信 in the place of a gateway: takes what the outbox holds for them, does it, and hands in the results. Each is served by one
/// process at a time, by the same session in its row that gateways have; when that one is silent, another takes over (ADR 0019).
/// </summary>
internal sealed class ServeWeCom(
    WeComRobotQueries robots, SessionStore sessions, CommandDispatch dispatch, GatewayIntake intake, WeComCommands commands, TimeProvider time, ILogger<ServeWeCom> log)
    : IJob, IAsyncDisposable
{
    private const string GatewayName = "wecom";
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<RobotId, Line> lines = [];

    public async Task RunAsync(CancellationToken ct)
    {
        var all = await robots.AllAsync(ct);
        foreach (var gone in lines.Keys.Except(all.Select(robot => robot.Known.Id)))
        {
            lines.TryRemove(gone, out _);
        }

        foreach (var robot in all)
        {
            // A slow corporation holds up nobody but itself.
            var line = lines.GetOrAdd(robot.Known.Id, _ => new Line());
            if (line.Round.IsCompleted)
            {
                line.Round = ServeAsync(robot, line, ct);
            }
        }
    }

    /// <summary>Whoever comes next need not wait until the sessions are silent.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var line in lines.Values)
        {
            await line.Round;
            try
            {
                if (line.Session is { } session)
                {
                    await sessions.EndAsync(session);
                }
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
            {
                log.ServingFailed(line.Session?.Robot.Id ?? default, exception);
            }
        }
    }

    private async Task ServeAsync(WeComRobot robot, Line line, CancellationToken ct)
    {
        // Off the job's thread: the others begin at once.
        await Task.Yield();
        try
        {
            if (line.Session is null)
            {
                await BeginAsync(robot, line, ct);
            }

            while (line.Session is { } session && await RoundAsync(robot, line, session, ct))
            {
                // There was something, so there may be more.
            }

            line.Failures = 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program stops.
        }
        catch (Exception exception)
        {
            // Said once, not every second.
            if (line.Failures++ == 0)
            {
                log.ServingFailed(robot.Known.Id, exception);
            }
        }
    }

    private async Task BeginAsync(WeComRobot robot, Line line, CancellationToken ct)
    {
        if (robot.IsServed(time.GetUtcNow()))
        {
            return;
        }

        var id = robot.Known.Id.ToString();
        var hello = new GatewayMessage.Hello(
            $"{GatewayName}-{id}", "1", GatewayName, [id], new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [id] = WeComCommands.Capabilities });
        if (await sessions.BeginAsync(robot.Known, hello, ct) is { } session)
        {
            line.Session = session;
            await DoAsync(robot, line, session, await dispatch.UnansweredAsync(session, ct), ct);
        }
    }

    /// <summary>False when there was nothing to do.</summary>
    private async Task<bool> RoundAsync(WeComRobot robot, Line line, GatewaySession session, CancellationToken ct)
    {
        var next = await dispatch.NextAsync(session, ct);
        if (next.Goodbye is not null)
        {
            // Other secrets: it begins anew with these. Another process: that one goes on, for a session that is not the one ends nothing.
            line.Session = null;
            await sessions.EndAsync(session);
            return false;
        }

        await DoAsync(robot, line, session, next.Commands, ct);
        return next.Commands.Count > 0;
    }

    private async Task DoAsync(WeComRobot robot, Line line, GatewaySession session, IReadOnlyList<RobotCommand> told, CancellationToken ct)
    {
        if (told.Count == 0)
        {
            return;
        }

        var messages = new ConcurrentQueue<GatewayMessage>();
        await Parallel.ForEachAsync(told, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (command, token) =>
        {
            var performed = await commands.DoAsync(robot, command, token);
            messages.Enqueue(new GatewayMessage.Result(command.Id.ToString(), performed.Result));
            if (performed.Trouble is { } trouble)
            {
                messages.Enqueue(Trouble(robot, trouble));
            }
        });

        if (!await intake.StoreAsync(session, [.. messages], ct))
        {
            line.Session = null;
        }
    }

    /// <summary>The same trouble is told once an hour.</summary>
    private GatewayMessage.Event Trouble(WeComRobot robot, WeComFault fault)
    {
        var now = time.GetUtcNow();
        var eventId = string.Create(CultureInfo.InvariantCulture, $"{fault.Code}:{now.ToUnixTimeSeconds() / 3_600}");
        return new GatewayMessage.Event(1, eventId, EventTypes.Error, robot.Known.Id.ToString(), now, JsonSerializer.Serialize(new { message = fault.Message }));
    }

    /// <summary>A robot as this process serves it.</summary>
    private sealed class Line
    {
        public GatewaySession? Session { get; set; }

        public Task Round { get; set; } = Task.CompletedTask;

        public int Failures { get; set; }
    }
}
