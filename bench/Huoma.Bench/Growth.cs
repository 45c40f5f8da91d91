using System.Diagnostics;
using System.Globalization;
using Huoma.Bench.Hosting;
using Huoma.Bench.Load;

namespace Huoma.Bench;

/// <summary>What <c>make bench-growth</c> measures: PostgreSQL with ten million visits and as many visitors, against one with few.</summary>
internal static class Growth
{
    private const int Many = 10_000_000;
    private const int Few = 20_000;
    private const int Returning = 200_000;

    public static async Task RunAsync(Stage stage, BenchOptions options)
    {
        var cluster = stage.Keep(await PostgresCluster.StartAsync("shared_buffers=2GB", "max_wal_size=8GB"));
        var few = await MakeAsync(stage, cluster, "few", Few);
        var many = await MakeAsync(stage, cluster, "many", Many);
        var runs = new Dictionary<string, Func<Stage, int, Task<Sample>>>(StringComparer.Ordinal);
        foreach (var (target, list) in new[] { few, many })
        {
            runs[$"{target.Name} new"] = (_, seconds) => target.RunAsync("codes", 1, 128, seconds);
            runs[$"{target.Name} returning"] = (_, seconds) => Wrk.RunAsync([target.Servers[0].Port], target.HotPath, list, 128, seconds, target.Servers[0].Cpu);
        }

        Row[] rows =
        [
            .. runs.Keys.Select(Row.Rate),
            Row.Ratio("10 M visits / few, new visitors", "many new", "few new", 0.90),
            Row.Ratio("10 M visits / few, returning visitors", "many returning", "few returning", 0.75),
        ];
        await new Series(rows, runs).RunAsync(stage, options);
    }

    private static async Task<(Target Target, string List)> MakeAsync(Stage stage, PostgresCluster cluster, string name, int visitors)
    {
        var begun = Stopwatch.GetTimestamp();
        var target = await stage.MakeAsync(name, cluster);
        var server = target.Servers[0];
        Visitors.Gather(server.Port, [target.Keys[0]], 1);
        await server.StopAsync();
        await using var connection = server.Connect();
        await connection.OpenAsync();
        var filling = new Filling(connection);
        var first = await filling.FillAsync(visitors);
        var (key, day) = await filling.SecretAsync();
        await server.StartAsync();
        var list = Path.Combine(stage.Folder, $"{name}-sealed");
        await File.WriteAllLinesAsync(list, Cookies(target.Keys.Count, await filling.KeysAsync(), first, visitors, key, day));
        Report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: {visitors:#,0} visitors filled in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s"));
        return (target, list);
    }

    private static IEnumerable<string> Cookies(int codes, List<string> keys, long first, int visitors, byte[] key, int day)
    {
        var random = new Random(1);
        for (var count = 0; count < Returning; count++)
        {
            var visitor = first + random.Next(visitors);
            yield return $"GET\t/q/{keys[(int)(visitor % codes)]}\t{VisitorSeal.Close(key, visitor, day)}\t";
        }
    }
}
