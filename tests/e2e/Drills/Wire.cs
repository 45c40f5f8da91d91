using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Huoma.E2E.Drills;

/// <summary>What came back: a status as HTTP has it, or one of the two below; of a page only what a drill needs.</summary>
internal sealed record Reply(int Status)
{
    /// <summary>Nobody listened: nothing was sent.</summary>
    public const int NotSent = 0;

    /// <summary>Sent, but the whole answer never came: nobody knows whether it counts.</summary>
    public const int Unanswered = -1;

    public string State { get; init; } = "";

    public string Slot { get; init; } = "";

    public string PressToken { get; init; } = "";

    /// <summary>The visitor's cookie, when this answer set it.</summary>
    public string Cookie { get; init; } = "";
}

/// <summary>One keep-alive connection, spoken by hand: HttpClient would take more of the two cores than the server under test.</summary>
internal sealed class Wire : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;

    /// <summary>The request goes to <paramref name="address"/>, over the connection of the last one if that is still open.</summary>
    public async Task<Reply> SendAsync(Uri address, string request, TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await ConnectAsync(address, timeout.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            Close();
            return new Reply(Reply.NotSent);
        }

        try
        {
            return await ExchangeAsync(request, timeout.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or EndOfStreamException)
        {
            Close();
            return new Reply(Reply.Unanswered);
        }
    }

    /// <summary>The next request opens a connection of its own.</summary>
    public void Close()
    {
        socket?.Dispose();
        socket = null;
    }

    public void Dispose() => Close();

    private async Task ConnectAsync(Uri address, CancellationToken ct)
    {
        if (socket is null)
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port, ct);
        }
    }

    private async Task<Reply> ExchangeAsync(string request, CancellationToken ct)
    {
        var open = socket ?? throw new InvalidOperationException("not connected");
        var length = Encoding.ASCII.GetBytes(request, buffer);
        for (var sent = 0; sent < length;)
        {
            sent += await open.SendAsync(buffer.AsMemory(sent, length - sent), ct);
        }

        for (var have = 0; ;)
        {
            var got = await open.ReceiveAsync(buffer.AsMemory(have), ct);
            have += got > 0 ? got : throw new EndOfStreamException();
            if (IsWhole(buffer.AsSpan(0, have), out var head))
            {
                return Read(buffer.AsSpan(0, have), head);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, out int head)
    {
        head = answer.IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4)
        {
            return false;
        }

        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            return Utf8Parser.TryParse(answer[(at + 16)..head], out int length, out _) && answer.Length >= head + length;
        }

        return answer[..head].IndexOf("Transfer-Encoding: chunked"u8) < 0 || answer.EndsWith("\r\n0\r\n\r\n"u8);
    }

    private Reply Read(ReadOnlySpan<byte> answer, int head)
    {
        // "HTTP/1.1 200 OK". Who was shown his group while the store could not be asked is not counted, as after a 503.
        var status = Utf8Parser.TryParse(answer[9..12], out int number, out _) ? number : throw new EndOfStreamException();
        status = answer[..head].IndexOf("Huoma-Uncounted"u8) < 0 ? status : 503;
        if (answer[..head].IndexOf("Connection: close"u8) >= 0)
        {
            Close();
        }

        return new Reply(status)
        {
            Cookie = Between(answer[..head], "huoma_visitor="u8, (byte)';'),
            State = Between(answer[head..], " data-state=\""u8, (byte)'"'),
            Slot = Between(answer[head..], " data-slot=\""u8, (byte)'"'),
            PressToken = Between(answer[head..], " data-press=\""u8, (byte)'"'),
        };
    }

    private static string Between(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start, byte end)
    {
        var at = text.IndexOf(start);
        if (at < 0)
        {
            return "";
        }

        var rest = text[(at + start.Length)..];
        var length = rest.IndexOf(end);
        return Encoding.ASCII.GetString(length < 0 ? rest : rest[..length]);
    }
}
