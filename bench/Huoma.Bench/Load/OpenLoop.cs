using System.Diagnostics;
using System.Text;

namespace Huoma.Bench.Load;

/// <summary>Latencies, in milliseconds from the moment a request was due.</summary>
internal sealed record Latencies(double P50, double P99, long Failed);

/// <summary>Requests at a fixed mean rate, whether the server keeps up or not; a late start counts as latency.</summary>
internal static class OpenLoop
{
    private const int Connections = 256;

    public static Latencies Run(int port, IReadOnlyList<string> paths, int perSecond, TimeSpan length)
    {
        var requests = paths.Select(path => Requests.Get(path)).ToArray();
        using var connections = new Connections(port, Connections);
        var due = new long[Connections];
        var taken = new List<double>(perSecond * (int)length.TotalSeconds * 2);
        var failed = 0L;
        void Answered(int connection, ReadOnlySpan<byte> answer)
        {
            taken.Add(Stopwatch.GetElapsedTime(due[connection]).TotalMilliseconds);
            failed += answer.StartsWith("HTTP/1.1 200"u8) ? 0 : 1;
        }

        // Arrivals as people come: independent of each other, so that the gaps are exponential.
        var random = new Random(1);
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        for (var next = (double)Stopwatch.GetTimestamp(); next < end || connections.Idle.Count < Connections;)
        {
            while (next < end && next <= Stopwatch.GetTimestamp() && connections.Idle.TryDequeue(out var connection))
            {
                due[connection] = (long)next;
                connections.Send(connection, requests[random.Next(requests.Length)]);
                next -= Math.Log(1 - random.NextDouble()) * Stopwatch.Frequency / perSecond;
            }

            var isFull = connections.Idle.Count == 0 || next >= end;
            connections.Receive(isFull ? Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10) : (long)next, Answered);
        }

        taken.Sort();
        return new Latencies(taken[taken.Count / 2], taken[taken.Count * 99 / 100], failed);
    }
}

/// <summary>Requests as bytes.</summary>
internal static class Requests
{
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {Wrk.UserAgent}\r\nAccept-Encoding: gzip\r\n\r\n");
}
