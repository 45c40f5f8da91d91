using System.Diagnostics;
using Huoma.Bench.Hosting;
using Huoma.Bench.Load;
using Npgsql;

namespace Huoma.Bench;

/// <summary>What <c>make bench</c> measures.</summary>
internal static class Suite
{
    private static readonly string[] Kinds = ["hot", "codes", "hot-returning", "codes-returning", "hot-press"];

    private static readonly string[] Stores = ["sqlite", "postgres"];
    private static readonly string[] Ports = ["bare", .. Stores];

    public static async Task RunAsync(Stage stage, BenchOptions options)
    {
        Report.Title("name, median of the rounds, unit, (lowest..highest), bar");
        await Scans().RunAsync(stage, options);
        await Processes().RunAsync(stage, options);
        await SlowDisk().RunAsync(stage, options);
        if (options.Wants("slow disk commit"))
        {
            await CommitTimesAsync(stage);
        }

        await OpenLoopAsync(stage, options);
        await FreshAsync(stage, options);
        await SizesAsync(stage, options);
        await Posters.RunAsync(stage, options);
    }

    private static Series Scans()
    {
        var runs = new Dictionary<string, Func<Stage, int, Task<Sample>>>(StringComparer.Ordinal) { ["bare"] = (stage, seconds) => stage.BareAsync(seconds) };
        var rows = new List<Row> { Row.Rate("bare"), Row.Cpu("bare") };
        foreach (var (store, kind) in Stores.SelectMany(store => Kinds.Select(kind => (store, kind))))
        {
            var name = $"{store} {kind}";
            double? bar = name switch
            {
                "sqlite hot" => 0.45,
                "sqlite codes" => 0.30,
                "postgres hot" => 0.38,
                "postgres codes" => 0.28,
                _ => null,
            };
            double? cpuBar = name switch { "sqlite hot" => 2.3, "postgres hot" => 3.0, _ => null };
            runs[name] = (stage, seconds) => stage.ScanAsync(store, kind, seconds);
            rows.AddRange([Row.Rate(name), Row.Ratio($"{name} / bare", name, "bare", bar), Row.CpuRatio($"{name} cpu / bare cpu", name, "bare", cpuBar)]);
        }

        foreach (var (kind, bar) in new[] { ("hot", 25), ("codes", 10) })
        {
            runs[$"naive {kind}"] = (stage, seconds) => stage.NaiveAsync(kind, seconds);
            rows.AddRange([Row.Rate($"naive {kind}"), Row.Ratio($"postgres {kind} / naive", $"postgres {kind}", $"naive {kind}", bar)]);
        }

        return new Series(rows, runs);
    }

    private static Series Processes()
    {
        var runs = new Dictionary<string, Func<Stage, int, Task<Sample>>>(StringComparer.Ordinal);
        var rows = new List<Row>();
        foreach (var (kind, bar) in new[] { ("hot", 0.70), ("codes", 0.85) })
        {
            runs[$"one {kind}"] = (stage, seconds) => stage.ScanAsync("postgres", kind, seconds, servers: 1, connections: 256);
            runs[$"two {kind}"] = (stage, seconds) => stage.ScanAsync("postgres", kind, seconds, servers: 2, connections: 256);
            rows.Add(Row.Ratio($"two processes / one, {kind}", $"two {kind}", $"one {kind}", bar));
        }

        return new Series(rows, runs);
    }

    private static Series SlowDisk() => new(
        [Row.Ratio("slow disk, three processes / one, hot", "three", "one", 0.65)],
        new Dictionary<string, Func<Stage, int, Task<Sample>>>(StringComparer.Ordinal)
        {
            ["one"] = (stage, seconds) => stage.ScanAsync("slow", "hot", seconds, servers: 1, connections: 96),
            ["three"] = (stage, seconds) => stage.ScanAsync("slow", "hot", seconds, servers: 3, connections: 96),
        });

    private static async Task CommitTimesAsync(Stage stage)
    {
        foreach (var store in new[] { "postgres", "slow" })
        {
            var database = (await stage.TargetAsync(store)).Servers[0].Database ?? throw new UnreachableException();
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE TEMP TABLE nothing (n integer); CREATE TABLE IF NOT EXISTS bench_commits (n integer)", connection);
            await create.ExecuteNonQueryAsync();
            await using var insert = new NpgsqlCommand("INSERT INTO bench_commits VALUES (1)", connection);
            var taken = new List<double>();
            for (var commit = 0; commit < 200; commit++)
            {
                var begun = Stopwatch.GetTimestamp();
                await insert.ExecuteNonQueryAsync();
                taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            Report.Print($"slow disk commit, {store}, p50", "ms", null, isAtLeast: false, [taken.Order().ElementAt(100)]);
        }
    }

    private static async Task OpenLoopAsync(Stage stage, BenchOptions options)
    {
        string[] names = [.. Ports.Where(name => options.Wants($"open loop {name}"))];
        var results = names.ToDictionary(name => name, _ => new List<Latencies>(), StringComparer.Ordinal);
        for (var round = 0; round < Math.Min(3, options.Rounds); round++)
        {
            foreach (var name in names)
            {
                var target = name == "bare" ? null : await stage.TargetAsync(name);
                var port = target?.Servers[0].Port ?? await stage.BarePortAsync();
                results[name].Add(OpenLoop.Run(port, target?.Paths ?? ["/q/page"], 5_000, TimeSpan.FromSeconds(4)));
            }
        }

        foreach (var name in names)
        {
            double? Bar(double bar) => name == "bare" ? null : bar;
            Report.Print($"open loop {name}, 5,000/s, p50", "ms", Bar(2), isAtLeast: false, [.. results[name].Select(taken => taken.P50)]);
            Report.Print($"open loop {name}, 5,000/s, p99", "ms", Bar(15), isAtLeast: false, [.. results[name].Select(taken => taken.P99)]);
            if (results[name].Sum(taken => taken.Failed) is > 0 and var failed)
            {
                Report.Note($"open loop {name}: {failed} answers were not 200");
            }
        }
    }

    /// <summary>The planner knows nothing of a young database; it must not need to.</summary>
    private static async Task FreshAsync(Stage stage, BenchOptions options)
    {
        const string name = "fresh database, first 10 s / steady";
        if (!options.Wants(name))
        {
            return;
        }

        var target = await stage.MakeAsync("fresh", await stage.ClusterAsync());
        var database = target.Servers[0].Database ?? throw new UnreachableException();
        var cookies = Visitors.Gather(target.Servers[0].Port, target.Keys, 5_000);
        var list = Visitors.WriteReturning(Path.Combine(target.Folder, "fresh"), target.Keys, cookies);
        Task<Sample> RunAsync(int seconds) => Wrk.RunAsync([target.Servers[0].Port], target.HotPath, list, 128, seconds, target.Servers[0].Cpu);
        var first = await RunAsync(10);
        await PostgresCluster.ExecuteAsync(database, "VACUUM ANALYZE");
        await RunAsync(3);
        var steady = await RunAsync(6);
        Report.Print(name, "ratio", 0.5, isAtLeast: true, [first.PerSecond / steady.PerSecond]);
    }

    private static async Task SizesAsync(Stage stage, BenchOptions options)
    {
        foreach (var store in Stores.Where(store => options.Wants($"memory {store}")))
        {
            var process = (await stage.TargetAsync(store)).Servers[0].Process;
            Report.Print($"memory {store} now", "MB", null, isAtLeast: false, [process.Memory("VmRSS")]);
            Report.Print($"memory {store} peak", "MB", null, isAtLeast: false, [process.Memory("VmHWM")]);
        }

        if (options.Wants("page"))
        {
            var target = await stage.TargetAsync("sqlite");
            var (page, headers) = await StaticPage.FetchAsync(target.Servers[0].Port, target.Keys[0]);
            Report.Print("page on the wire, compressed", "bytes", 3 * 1024, isAtLeast: false, [page.Body.Length]);
            Report.Print("page on the wire, its headers", "bytes", null, isAtLeast: false, [headers]);
        }
    }
}
