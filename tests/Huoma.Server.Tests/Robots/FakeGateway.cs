using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Robots;

/// <summary>
/// A gateway on a real socket that does what the test says. <c>robot.status</c> and <c>contact.list</c> it answers by itself,
/// for the server asks them by itself. Whatever the server sends has to pass the protocol's schemas.
/// </summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonElement> commands = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<long> acks = Channel.CreateUnbounded<long>();
    private readonly TaskCompletionSource<JsonElement> welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<int?> reading = Task.FromResult<int?>(null);

    private FakeGateway(string robotId) => RobotId = robotId;

    public string RobotId { get; }

    public string? LoginState { get; set; } = "online";

    /// <summary>Whether it answers <c>robot.status</c> and <c>contact.list</c> by itself.</summary>
    public bool AnswersByItself { get; set; } = true;

    public JsonElement Contacts { get; set; } = JsonSerializer.SerializeToElement(new
    {
        contacts = new[]
        {
            new { id = "wxid_a", name = "爱丽丝", avatar = (string?)null, friend = true },
            new { id = "wxid_b", name = "Bob", avatar = (string?)null, friend = true },
            new { id = "wxid_c", name = "陌生人", avatar = (string?)null, friend = false },
        },
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Dials and says hello; it is welcome.</summary>
    public static async Task<FakeGateway> ConnectAsync(HuomaApp app, NewRobot robot, string gatewayId = "gw-1", Action<FakeGateway>? prepare = null, object? hello = null)
    {
        var gateway = await DialAsync(app, robot, gatewayId);
        prepare?.Invoke(gateway);
        await gateway.SendAsync(hello ?? Hello(robot.Id, gatewayId));
        var greeted = await Task.WhenAny(gateway.welcome.Task, gateway.reading).WaitAsync(Patience, Ct);
        greeted.ShouldBe(gateway.welcome.Task, $"closed with {(greeted == gateway.reading ? await gateway.reading : null)}");
        return gateway;
    }

    /// <summary>Dials, and says nothing yet.</summary>
    public static async Task<FakeGateway> DialAsync(HuomaApp app, NewRobot robot, string gatewayId = "gw-1")
    {
        var gateway = new FakeGateway(robot.Id);
        gateway.socket.Options.SetRequestHeader("Authorization", $"Bearer {robot.Token}");
        gateway.socket.Options.SetRequestHeader("X-Gateway-Id", gatewayId);
        gateway.socket.Options.CollectHttpResponseDetails = true;
        await gateway.socket.ConnectAsync(new Uri($"ws://{app.Address.Authority}/robot-gateway/v1/ws"), Ct);
        gateway.reading = gateway.ReadAsync();
        return gateway;
    }

    public static object Hello(string robotId, string gatewayId = "gw-1") =>
        new { v = 1, kind = "hello", gatewayId, version = "1.0.0", puppet = "fake", robots = new[] { robotId }, lastSeq = 0 };

    public Task SendAsync(object message) => SendBytesAsync(JsonSerializer.SerializeToUtf8Bytes(message));

    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(bytes, type, endOfMessage: true, Ct).AsTask();

    public Task EventAsync(long seq, string type, object data, string? id = null, string? robotId = null) => SendAsync(new
    {
        v = 1,
        kind = "event",
        seq,
        id = id ?? Guid.NewGuid().ToString(),
        type,
        robotId = robotId ?? RobotId,
        at = "2026-11-22T03:59:59.000Z",
        data,
    });

    public Task DoneAsync(JsonElement command, object? data = null) =>
        SendAsync(new { v = 1, kind = "result", id = command.Id(), ok = true, data = data ?? new { } });

    public Task FailAsync(JsonElement command, string code, int? retryAfterSec = null, object? data = null)
    {
        var result = new Dictionary<string, object> { ["v"] = 1, ["kind"] = "result", ["id"] = command.Id(), ["ok"] = false };
        result["error"] = retryAfterSec is { } seconds ? new { code, message = "因为", retryAfterSec = seconds } : new { code, message = "因为" };
        if (data is not null)
        {
            result["data"] = data;
        }

        return SendAsync(result);
    }

    /// <summary>The next command that was not answered by itself.</summary>
    public async Task<JsonElement> CommandAsync(string type)
    {
        var command = await commands.Reader.ReadAsync(Ct).AsTask().WaitAsync(Patience, Ct);
        command.Text("type").ShouldBe(type);
        command.Text("robotId").ShouldBe(RobotId);
        return command;
    }

    /// <summary>Whether commands lie here that nobody took.</summary>
    public bool HasCommands => commands.Reader.Count > 0;

    /// <summary>Until everything up to there is acknowledged.</summary>
    public async Task AckedAsync(long seq)
    {
        while (await acks.Reader.ReadAsync(Ct).AsTask().WaitAsync(Patience, Ct) < seq)
        {
            // A smaller batch.
        }
    }

    public bool HasAcks => acks.Reader.Count > 0;

    /// <summary>By which code the server closes.</summary>
    public async Task<int> ClosedAsync() => (await reading.WaitAsync(Patience, Ct)).ShouldNotBeNull("the connection broke without a goodbye");

    /// <summary>By which code the server closes; null: without one.</summary>
    public Task<int?> EndAsync() => reading.WaitAsync(Patience, Ct);

    /// <summary>The cable is pulled.</summary>
    public async Task BreakAsync()
    {
        socket.Abort();
        await reading;
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task<int?> ReadAsync()
    {
        var buffer = new byte[1024 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += read.Count;
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return (int?)socket.CloseStatus;
                }

                if (read.EndOfMessage)
                {
                    await TakeAsync(JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement);
                    length = 0;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return (int?)socket.CloseStatus;
        }
        catch (Exception exception)
        {
            welcome.TrySetException(exception);
            commands.Writer.TryComplete(exception);
            acks.Writer.TryComplete(exception);
            throw;
        }
    }

    private async Task TakeAsync(JsonElement message)
    {
        GatewayContract.Check(message);
        switch (message.Text("kind"))
        {
            case "welcome":
                welcome.TrySetResult(message);
                break;
            case "ack":
                acks.Writer.TryWrite(message.Number("seq"));
                break;
            case "cmd" when AnswersByItself && message.Text("type") == "robot.status":
                await DoneAsync(message, new { started = LoginState != "stopped", loggedIn = LoginState == "online", userId = "wxid_robot", qr = (string?)null, state = LoginState });
                break;
            case "cmd" when AnswersByItself && message.Text("type") == "contact.list":
                await DoneAsync(message, Contacts);
                break;
            default:
                commands.Writer.TryWrite(message);
                break;
        }
    }
}
