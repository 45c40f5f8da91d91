using System.Globalization;
using Huoma.Bench.Hosting;

namespace Huoma.Bench.Load;

/// <summary>What one run of wrk saw, and what the servers spent on it.</summary>
internal sealed record Sample(double PerSecond, double CpuMicroseconds, long Failed);

/// <summary>Closed-loop load by wrk: one thread, keep-alive.</summary>
internal static class Wrk
{
    public const string UserAgent =
        "Mozilla/5.0 (Linux; Android 14; 23013RK75C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600";

    private static int runs;

    /// <param name="list">A file of requests to draw from; null: the address itself, over and over.</param>
    public static async Task<Sample> RunAsync(IReadOnlyList<int> ports, string path, string? list, int connections, int seconds, Func<long> cpu)
    {
        var ticks = cpu();
        var results = await Task.WhenAll(ports.Select(port => RunOneAsync(port, path, list, connections / ports.Count, seconds)));
        var requests = results.Sum(result => result.Requests);
        var perSecond = results.Sum(result => result.Requests / (result.Microseconds / 1e6));
        return new Sample(perSecond, (cpu() - ticks) * 10_000.0 / Math.Max(1, requests), results.Sum(result => result.Failed));
    }

    private static async Task<(double Microseconds, long Requests, long Failed)> RunOneAsync(int port, string path, string? list, int connections, int seconds)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "wrk", list is null ? "report.lua" : "requests.lua");
        var run = Interlocked.Increment(ref runs).ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-t1", string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"), "-s", script,
            "-H", "Accept-Encoding: gzip", "-H", $"User-Agent: {UserAgent}", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"),
            .. list is null ? Array.Empty<string>() : ["--", list, run],
        ];
        var printed = await Child.RunAsync("wrk", arguments);
        var line = printed.Split('\n').SingleOrDefault(text => text.StartsWith("RESULT ", StringComparison.Ordinal)) ?? throw new InvalidOperationException(printed);
        var figures = line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        // An error page is quickly made; it must not count as work done.
        return (figures[0], figures[1] - figures[2], figures[2] + figures[3]);
    }
}
