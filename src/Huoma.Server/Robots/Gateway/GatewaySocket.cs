using System.Net.WebSockets;

namespace Huoma.Server.Robots.Gateway;

/// <summary>How a connection to a gateway ends: the codes of docs/robot-gateway.md.</summary>
internal sealed record Goodbye(int Code, string Reason)
{
    public static readonly Goodbye Done = new(1000, "done");
    public static readonly Goodbye Stopping = new(1001, "the server stops");
    public static readonly Goodbye Failed = new(1011, "the server failed");
    public static readonly Goodbye TooBig = new(1009, "over 8 MB");
    public static readonly Goodbye TokenVoid = new(4401, "the token is no longer good");
    public static readonly Goodbye ForeignRobot = new(4403, "not the robot of this token");
    public static readonly Goodbye OtherVersion = new(4406, "version 1 only");
    public static readonly Goodbye Replaced = new(4409, "a newer session took over");

    public static Goodbye NotThisProtocol(string reason) => new(4400, reason);
}

/// <summary>What arrived: a message, or the end.</summary>
/// <param name="Content">Null at the end.</param>
/// <param name="Goodbye">How we answer the end.</param>
internal readonly record struct Arrival(ReadOnlyMemory<byte>? Content, Goodbye? Goodbye)
{
    public static Arrival End(Goodbye goodbye) => new(Content: null, goodbye);
}

/// <summary>A WebSocket of which messages are read whole, up to 8 MB, and which several may write to.</summary>
/// <param name="origin">The server's address as the other side knows it.</param>
internal sealed class GatewaySocket(WebSocket socket, string origin) : IDisposable
{
    public const int MaxMessageBytes = 8 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private static readonly TimeSpan GoodbyeLasts = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim writing = new(1);
    private Task<Arrival>? receiving;

    public string Origin => origin;

    public void Dispose() => writing.Dispose();

    /// <summary>The next message; one reader at a time. Breaking it off breaks the connection.</summary>
    public Task<Arrival> ReceiveAsync(CancellationToken ct) => receiving = ReceiveOrEndAsync(ct);

    /// <summary>False when the connection is gone.</summary>
    public async Task<bool> SendAsync(byte[] message, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                return false;
            }

            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ct);
            return true;
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return false;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Says goodbye and waits for the answer a moment; what still arrives is lost on us. Nobody may read any more.</summary>
    public async Task PartAsync(Goodbye goodbye, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(GoodbyeLasts, time);
        try
        {
            await CloseAsync(goodbye, patience.Token);
            while ((await (receiving ?? ReceiveAsync(patience.Token)).WaitAsync(patience.Token)).Goodbye != Goodbye.Done)
            {
                receiving = null;
            }
        }
        catch (OperationCanceledException)
        {
            socket.Abort();
        }
    }

    private async Task CloseAsync(Goodbye goodbye, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)goodbye.Code, goodbye.Reason, ct);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            socket.Abort();
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task<Arrival> ReceiveOrEndAsync(CancellationToken ct)
    {
        try
        {
            return await ReadAsync(ct);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return Arrival.End(Goodbye.Done);
        }
    }

    private static bool IsBroken(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    private async Task<Arrival> ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[FirstBuffer];
        for (var length = 0; ;)
        {
            if (length == buffer.Length)
            {
                if (length > MaxMessageBytes)
                {
                    return Arrival.End(Goodbye.TooBig);
                }

                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxMessageBytes + 1));
            }

            var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return Arrival.End(Goodbye.Done);
            }

            if (read.MessageType == WebSocketMessageType.Binary)
            {
                return Arrival.End(Goodbye.NotThisProtocol("a binary message"));
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                return length > MaxMessageBytes ? Arrival.End(Goodbye.TooBig) : new Arrival(buffer.AsMemory(0, length), Goodbye: null);
            }
        }
    }
}
