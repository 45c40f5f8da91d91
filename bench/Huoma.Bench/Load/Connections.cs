using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Huoma.Bench.Load;

/// <summary>A handful of keep-alive connections on one thread, so light that little of a small machine goes to the generator.</summary>
internal sealed partial class Connections : IDisposable
{
    private const short Readable = 1;

    private readonly Socket[] sockets;
    private readonly PollEntry[] entries;
    private readonly byte[][] buffers;
    private readonly int[] filled;

    public Connections(int port, int count)
    {
        sockets = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })];
        foreach (var socket in sockets)
        {
            socket.Connect(IPAddress.Loopback, port);
            socket.Blocking = false;
        }

        entries = [.. sockets.Select(socket => new PollEntry { File = (int)socket.Handle, Events = Readable })];
        buffers = [.. sockets.Select(_ => new byte[32 * 1024])];
        filled = new int[count];
        Idle = new Queue<int>(Enumerable.Range(0, count));
    }

    /// <summary>Connections without a request under way.</summary>
    public Queue<int> Idle { get; }

    public int Count => sockets.Length;

    public void Send(int connection, byte[] request)
    {
        filled[connection] = 0;
        if (sockets[connection].Send(request) != request.Length)
        {
            throw new InvalidOperationException("A request did not fit into the socket.");
        }
    }

    /// <summary>Waits for answers, at most until <paramref name="until"/> (a Stopwatch time), and hands out each complete one.</summary>
    public void Receive(long until, Action<int, ReadOnlySpan<byte>> answered)
    {
        var nanoseconds = Math.Max(0, (until - Stopwatch.GetTimestamp()) * (1_000_000_000 / Stopwatch.Frequency));
        var wait = new Timespec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
        if (Poll(entries, (nuint)entries.Length, in wait, 0) <= 0)
        {
            return;
        }

        for (var connection = 0; connection < entries.Length; connection++)
        {
            if (entries[connection].Happened != 0 && IsComplete(connection))
            {
                Idle.Enqueue(connection);
                answered(connection, buffers[connection].AsSpan(0, filled[connection]));
            }
        }
    }

    public void Dispose() => Array.ForEach(sockets, socket => socket.Dispose());

    private bool IsComplete(int connection)
    {
        var read = sockets[connection].Receive(buffers[connection].AsSpan(filled[connection]), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return false;
        }

        if (read <= 0 || error != SocketError.Success)
        {
            throw new InvalidOperationException($"The server closed a connection: {error}");
        }

        filled[connection] += read;
        ReadOnlySpan<byte> answer = buffers[connection].AsSpan(0, filled[connection]);
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var length = Header(answer[..end], "\r\nContent-Length: "u8);
        return answer.Length >= end + 4 + (length.Length == 0 ? 0 : int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The value of a header, or nothing.</summary>
    public static string Header(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> name)
    {
        var at = answer.IndexOf(name);
        if (at < 0)
        {
            return "";
        }

        var rest = answer[(at + name.Length)..];
        var end = rest.IndexOfAny((byte)'\r', (byte)';');
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    [LibraryImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll([In, Out] PollEntry[] entries, nuint count, in Timespec wait, nint signals);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
