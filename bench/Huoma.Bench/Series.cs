using System.Globalization;
using Huoma.Bench.Load;

namespace Huoma.Bench;

/// <summary>A printed figure of a series: made anew each round from the runs of that round.</summary>
internal sealed record Row(string Name, string Unit, double? Bar, bool IsAtLeast, string[] Runs, Func<IReadOnlyDictionary<string, Sample>, double> Of)
{
    public static Row Ratio(string name, string run, string to, double? bar = null) =>
        new(name, "ratio", bar, IsAtLeast: true, [run, to], samples => samples[run].PerSecond / samples[to].PerSecond);

    public static Row CpuRatio(string name, string run, string to, double? bar = null) =>
        new(name, "ratio", bar, IsAtLeast: false, [run, to], samples => samples[run].CpuMicroseconds / samples[to].CpuMicroseconds);

    public static Row Rate(string run) => new($"{run} rate", "/s", null, IsAtLeast: true, [run], samples => samples[run].PerSecond);

    public static Row Cpu(string run) => new($"{run} cpu", "us/request", null, IsAtLeast: false, [run], samples => samples[run].CpuMicroseconds);
}

/// <summary>Rounds of runs, one after another within a round, so that what disturbs the machine disturbs all of them.</summary>
internal sealed class Series(IReadOnlyList<Row> rows, IReadOnlyDictionary<string, Func<Stage, int, Task<Sample>>> runs)
{
    public async Task RunAsync(Stage stage, BenchOptions options)
    {
        var chosen = rows.Where(row => options.Wants(row.Name)).ToList();
        var needed = runs.Where(run => chosen.Exists(row => row.Runs.Contains(run.Key))).ToList();
        foreach (var run in needed)
        {
            // Once unmeasured: the program compiles its hot path, the caches fill.
            await run.Value(stage, 1);
            await run.Value(stage, 1);
        }

        var rounds = new List<Dictionary<string, Sample>>();
        for (var round = 0; round < options.Rounds && needed.Count > 0; round++)
        {
            var samples = new Dictionary<string, Sample>(StringComparer.Ordinal);
            foreach (var run in needed)
            {
                samples[run.Key] = await run.Value(stage, options.Seconds);
            }

            rounds.Add(samples);
        }

        foreach (var row in chosen)
        {
            Report.Print(row.Name, row.Unit, row.Bar, row.IsAtLeast, [.. rounds.Select(row.Of)]);
        }

        foreach (var (name, failed) in needed.Select(run => (run.Key, rounds.Sum(samples => samples[run.Key].Failed))).Where(run => run.Item2 > 0))
        {
            Report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: {failed} requests failed or timed out"));
        }
    }
}

/// <summary>Aligned lines on the console.</summary>
internal static class Report
{
    public static void Note(string text) => Console.WriteLine($"  ({text})");

    public static void Title(string text) => Console.WriteLine($"\n{text}");

    public static void Print(string name, string unit, double? bar, bool isAtLeast, IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var median = sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
        var range = sorted.Count > 1 ? $"({Show(sorted[0])}..{Show(sorted[^1])})" : "";
        var verdict = bar is not { } limit ? "" : $"{(isAtLeast ? ">=" : "<=")} {Show(limit)}  {((isAtLeast ? median >= limit : median <= limit) ? "ok" : "below")}";
        Console.WriteLine($"{name,-44} {Show(median),9} {unit,-10} {range,-22} {verdict}".TrimEnd());
    }

    private static string Show(double value) => value.ToString(value >= 1000 ? "#,0" : value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
