using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Simulator.Worlds;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>One gateway for each simulated robot, in one process at a time.</summary>
internal sealed class SimGateways(SimWorldStore store, Simulation simulation, SimRobotQueries robots, SecretSeal seal, IServiceProvider services, IHostApplicationLifetime life, TimeProvider time, ILogger<SimGateways> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly string keeper = NewId.Key("abcdefghijkmnpqrstuvwxyz23456789", 16);
    private readonly Dictionary<string, Serving> served = new(StringComparer.Ordinal);
    private DateTimeOffset keepUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            using var timer = new PeriodicTimer(LookEvery, time);
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    log.SimGatewaysFailed(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // As it should end.
        }
        finally
        {
            await LeaveAsync();
        }
    }

    // Before that nobody answers.
    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var wanted = await KeepsAsync(ct) ? await robots.ListAsync(ct) : [];
        foreach (var (id, serving) in served.Where(one => !wanted.Any(robot => robot.Id == one.Key && robot.SealedToken == one.Value.Robot.SealedToken)).ToList())
        {
            served.Remove(id);
            await serving.EndAsync();
        }

        foreach (var robot in wanted.Where(robot => !served.ContainsKey(robot.Id)))
        {
            if (seal.Open(robot.SealedToken) is not { } token)
            {
                log.SimTokenUnreadable(robot.Id);
                continue;
            }

            var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var client = ActivatorUtilities.CreateInstance<SimGatewayClient>(services, robot, token);
            served[robot.Id] = new Serving(robot, end, Task.Run(() => client.RunAsync(end.Token), CancellationToken.None));
        }
    }

    private async Task<bool> KeepsAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (keepUntil - now > Lease / 2)
        {
            return true;
        }

        // There is a world to keep only after somebody looked.
        await simulation.ReadAsync((_, version) => version, ct);
        var keeps = await store.KeepAsync(keeper, now, now + Lease, ct);
        keepUntil = keeps ? now + Lease : default;
        return keeps;
    }

    private async Task LeaveAsync()
    {
        foreach (var serving in served.Values)
        {
            await serving.EndAsync();
        }

        served.Clear();
        try
        {
            await store.LeaveAsync(keeper, CancellationToken.None);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or ObjectDisposedException)
        {
            // The lease ends by itself.
        }
    }

    private sealed record Serving(SimulatedRobot Robot, CancellationTokenSource End, Task Work)
    {
        public async Task EndAsync()
        {
            await End.CancelAsync();
            await Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End.Dispose();
        }
    }
}
