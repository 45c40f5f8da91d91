using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Worlds;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>
/// One connection. Commands are done one after the other in the order they come; events go out in the order in which they happened, again
/// after every welcome until they are acknowledged.
/// </summary>
internal sealed class SimGatewayTalk(string robotId, WebSocket socket, Simulation simulation, SimPictures pictures, TimeProvider time) : IDisposable
{
    private const int MaxMessageBytes = 8 * 1024 * 1024;
    private const int MostUnderWay = 1_000;

    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(3);
    private static readonly string Version = typeof(SimGatewayTalk).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly SemaphoreSlim sending = new(1, 1);

    /// <summary>False when there was no welcome.</summary>
    public async Task<bool> BeginAsync(CancellationToken ct)
    {
        await SendAsync(await simulation.ReadAsync((world, _) => SimWire.Hello(world.Robots[robotId], Version), ct), ct);
        using var patience = new CancellationTokenSource(WelcomeWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            if (await ReceiveAsync(both.Token) is not { } welcome || SimWire.TextOf(welcome, "kind") != "welcome")
            {
                return false;
            }
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not say welcome.", exception);
        }

        await simulation.ChangeAsync(LookAround, ct);
        return true;
    }

    /// <summary>Talks until either side is gone.</summary>
    public async Task UntilLostAsync(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] work = [ReportAsync(over.Token), ListenAsync(over.Token), LookAroundAsync(over.Token)];
        await Task.WhenAny(work);
        await over.CancelAsync();
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The others were only told to end.
        }
        finally
        {
            if (ct.IsCancellationRequested && socket.State == WebSocketState.Open)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "stopping", patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            socket.Abort();
        }
    }

    public void Dispose() => sending.Dispose();

    private async Task ReportAsync(CancellationToken ct)
    {
        var bell = simulation.Hang();
        try
        {
            var sent = 0L;
            while (true)
            {
                var (events, breaks, repeats) = await simulation.ReadAsync((world, _) => Outgoing(world, sent), ct);
                if (breaks)
                {
                    await simulation.ChangeAsync((world, _) => world.Robots[robotId].Suffers(SimFault.ConnectionDropped), ct);
                    return;
                }

                foreach (var told in events)
                {
                    var message = SimWire.Event(robotId, told);
                    await SendAsync(message, ct);
                    if (repeats && await simulation.ChangeAsync((world, _) => world.Robots[robotId].Suffers(SimFault.RepeatedFrame), ct))
                    {
                        await SendAsync(message, ct);
                    }

                    sent = told.Seq;
                }

                await bell.WaitAsync(LookEvery, time, ct);
            }
        }
        finally
        {
            simulation.Take(bell);
        }
    }

    private (IReadOnlyList<SimEvent> Events, bool Breaks, bool Repeats) Outgoing(SimWorld world, long sent)
    {
        var robot = world.Robots[robotId];
        return ([.. robot.Outbox.Take(MostUnderWay).Where(told => told.Seq > sent)],
            robot.Faults.Contains(SimFault.ConnectionDropped), robot.Faults.Contains(SimFault.RepeatedFrame));
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (await ReceiveAsync(ct) is { } message)
        {
            switch (SimWire.TextOf(message, "kind"))
            {
                case "ack" when message.TryGetProperty("seq", out var seq) && seq.TryGetInt64(out var upTo):
                    await simulation.ChangeAsync((world, _) => world.Robots[robotId].Acknowledge(upTo), ct);
                    break;
                case "cmd" when !await ObeyAsync(message, ct):
                    return;
                default:
                    break;
            }
        }
    }

    /// <summary>False when the connection is to break before the result goes out.</summary>
    private async Task<bool> ObeyAsync(JsonElement message, CancellationToken ct)
    {
        if (SimWire.ReadCommand(message, robotId) is not { } command)
        {
            if (SimWire.TextOf(message, "id") is { Length: > 0 } id)
            {
                await SendAsync(SimWire.Result(id, new SimResult(false, null, "BAD_REQUEST", "not a command of this robot")), ct);
            }

            return true;
        }

        if (command.Type == "room.send")
        {
            command = command with { Pictures = await pictures.FindAsync(command.Data, ct) };
        }

        var (result, isLost) = await simulation.ChangeAsync(
            (world, now) =>
            {
                var robot = world.Robots[robotId];
                return (new SimCommands(world, robot, now).Do(command), robot.Suffers(SimFault.ResultLost));
            }, ct);
        if (!isLost)
        {
            await SendAsync(SimWire.Result(command.Id, result), ct);
        }

        return !isLost;
    }

    private async Task LookAroundAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await simulation.ChangeAsync(LookAround, ct);
        }
    }

    private bool LookAround(SimWorld world, DateTimeOffset now)
    {
        world.Robots[robotId].LookAround(world, now);
        return true;
    }

    private async Task SendAsync(string message, CancellationToken ct)
    {
        await sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Null when the other side closed. What is no JSON object is passed over.</summary>
    private async Task<JsonElement?> ReceiveAsync(CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var whole = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
                if (part.MessageType == WebSocketMessageType.Close || whole.Length + part.Count > MaxMessageBytes)
                {
                    return null;
                }

                whole.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            try
            {
                using var document = JsonDocument.Parse(whole.GetBuffer().AsMemory(0, (int)whole.Length));
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // The next one perhaps.
            }
        }
    }
}
