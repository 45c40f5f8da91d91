using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Worlds;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>A robot's gateway: dials, talks until the connection is lost, and dials again (docs/robot-gateway.md, section 1).</summary>
internal sealed class SimGatewayClient(SimulatedRobot robot, string token, GatewayDial dial, Simulation simulation, SimPictures pictures, TimeProvider time, ILogger<SimGatewayClient> log)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        await simulation.ChangeAsync((world, _) => world.RobotOf(robot.Id, robot.Name).RobotId, ct);
        var wait = ShortestWait;
        while (!ct.IsCancellationRequested)
        {
            var reason = "";
            TimeSpan? least = null;
            try
            {
                using var socket = await dial.OpenAsync(token, SimWire.GatewayIdOf(robot.Id), ct);
                using var talk = new SimGatewayTalk(robot.Id, socket, simulation, pictures, time);
                if (await talk.BeginAsync(ct))
                {
                    log.SimGatewayConnected(robot.Id);
                    wait = ShortestWait;
                    await talk.UntilLostAsync(ct);
                }

                reason = $"{socket.CloseStatus} {socket.CloseStatusDescription}";
                least = WaitAfter((int?)socket.CloseStatus);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                reason = exception.Message;
            }

            var chosen = (least ?? wait) * (0.5 + (Random.Shared.NextDouble() / 2));
            log.SimGatewayLost(robot.Id, reason, (long)chosen.TotalMilliseconds);
            await Task.Delay(chosen, time, ct);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    // A new token makes a new client; so these are long waits only for what waiting does not mend.
    private static TimeSpan? WaitAfter(int? code) => code switch
    {
        4400 => TimeSpan.FromSeconds(30),
        4401 or 4403 or 4406 => TimeSpan.FromMinutes(5),
        4409 => TimeSpan.FromSeconds(60),
        _ => null,
    };
}
