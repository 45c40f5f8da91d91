using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Huoma.Bench.Hosting;

namespace Huoma.Bench;

/// <summary>What <c>make bench-reports</c> measures: how long each statistic takes with ten million visits, 50 codes, 10 slots and 5 channels each.</summary>
internal static class Reports
{
    private const int Codes = 50;
    private const int Slots = 10;
    private const int Channels = 5;
    private const double Bar = 500;

    public static async Task RunAsync(Stage stage, BenchOptions options)
    {
        foreach (var store in ((string[])["sqlite", "postgres"]).Where(options.Wants))
        {
            Report.Title(store);
            var cluster = store == "postgres" ? stage.Keep(await PostgresCluster.StartAsync("shared_buffers=1GB", "max_wal_size=8GB")) : null;
            var server = stage.Keep(await HuomaServer.StartAsync(cluster));
            var history = await FillAsync(server, options.Visits);
            await server.StartAsync();
            // As it is for five minutes after an upgrade.
            await MeasureAsync(server, history, "not summed up: ", bar: null, name => name.StartsWith("one code, 2 years by day", StringComparison.Ordinal));
            await WaitUntilSummedUpAsync(server);
            await server.StopAsync();
            await server.StartAsync();
            await MeasureAsync(server, history, "", Bar, _ => true);
        }
    }

    private static async Task<History> FillAsync(HuomaServer server, int visits)
    {
        var begun = Stopwatch.GetTimestamp();
        await server.CreateCodesAsync(Codes);
        await server.StopAsync();
        await using (var connection = server.Connect())
        {
            await connection.OpenAsync();
            await CodeCopies.WidenAsync(connection, Slots, Channels);
        }

        var history = new History(server, visits);
        await history.WriteAsync();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Report.Note(string.Create(CultureInfo.InvariantCulture, $"{history.Visits:#,0} visits, {history.Rows:#,0} totals of hours, filled in {seconds:0} s"));
        return history;
    }

    /// <summary>The job comes five minutes after the start, as it does everywhere.</summary>
    private static async Task WaitUntilSummedUpAsync(HuomaServer server)
    {
        var yesterday = DateTimeOffset.UtcNow.AddDays(-3).ToUnixTimeMilliseconds();
        await using var connection = server.Connect();
        await connection.OpenAsync();
        var (begun, first) = (Stopwatch.GetTimestamp(), 0L);
        while ((await CodeCopies.IdsAsync(connection, null, $"SELECT until FROM roll_ups WHERE name LIKE 'code-days%' AND until > {yesterday}")).Count == 0)
        {
            first = first == 0 && (await CodeCopies.IdsAsync(connection, null, "SELECT until FROM roll_ups")).Count > 0 ? Stopwatch.GetTimestamp() : first;
            if (Stopwatch.GetElapsedTime(begun).TotalMinutes > 30)
            {
                throw new TimeoutException("the totals were not summed up within half an hour");
            }

            await Task.Delay(100);
        }

        Report.Note(string.Create(CultureInfo.InvariantCulture, $"two years summed up for the first time in {Stopwatch.GetElapsedTime(first).TotalSeconds:0.0} s"));
    }

    private static async Task MeasureAsync(HuomaServer server, History history, string prefix, double? bar, Predicate<string> wanted)
    {
        using var http = await server.SignInAsync();
        foreach (var (name, path) in Paths(await BusiestAsync(http)).Where(report => wanted(report.Name)))
        {
            var first = await TimeAsync(http, path);
            var warm = new List<double>();
            for (var round = 0; round < 5; round++)
            {
                warm.Add(await TimeAsync(http, path));
            }

            Report.Print(prefix + name, "ms", bar, isAtLeast: false, warm);
            Report.Note(string.Create(CultureInfo.InvariantCulture, $"first answer {first:0} ms"));
        }

        using var all = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/api/v1/stats?{TwoYears()}", UriKind.Relative)));
        var scans = all.RootElement.GetProperty("totals").GetProperty("scans").GetInt32();
        Report.Note(string.Create(CultureInfo.InvariantCulture, $"{scans:#,0} scans in the report, {history.Visits:#,0} were made{(scans == history.Visits ? "" : ": WRONG")}"));
    }

    /// <summary>The busiest code and a channel of it, as the API names them.</summary>
    private static async Task<(string Code, string Channel)> BusiestAsync(HttpClient http)
    {
        using var codes = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/codes?sort=scans&order=desc", UriKind.Relative)));
        var code = codes.RootElement.GetProperty("items")[0].GetProperty("id").GetString() ?? "";
        using var channels = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/api/v1/codes/{code}/stats/channels", UriKind.Relative)));
        return (code, channels.RootElement.GetProperty("items")[1].GetProperty("id").GetString() ?? "");
    }

    private static string TwoYears()
    {
        // Two years of the reports, and all that was made: the last day is under way.
        var today = DateTimeOffset.UtcNow.AddHours(8);
        return string.Create(CultureInfo.InvariantCulture, $"from={today.AddYears(-2).AddDays(1):yyyy-MM-dd}&to={today:yyyy-MM-dd}&by=day");
    }

    private static IEnumerable<(string Name, string Path)> Paths((string Code, string Channel) busiest)
    {
        var (years, today) = (TwoYears(), DateTimeOffset.UtcNow.AddHours(8));
        var month = string.Create(CultureInfo.InvariantCulture, $"from={today.AddDays(-30):yyyy-MM-dd}&to={today:yyyy-MM-dd}&by=hour");
        var code = $"codes/{busiest.Code}";
        return
        [
            ("overview", "overview"),
            ("all codes, 2 years by day, compared", $"stats?{years}&compare=previous"),
            ("all codes, 31 days by hour", $"stats?{month}"),
            ("all codes, 2 years, CSV", $"stats.csv?{years}"),
            ("all codes, 2 years, XLSX", $"stats.xlsx?{years}"),
            ("one code, 2 years by day", $"{code}/stats?{years}"),
            ("one code, 2 years by day, compared", $"{code}/stats?{years}&compare=previous"),
            ("one code, 31 days by hour", $"{code}/stats?{month}"),
            ("one channel, 2 years by day", $"{code}/stats?{years}&channelId={busiest.Channel}"),
            ("channels of one code, 2 years by day", $"{code}/stats/channels?{years}"),
            ("channels of one code, 31 days by hour", $"{code}/stats/channels?{month}"),
            ("slots of one code, 2 years by day", $"{code}/stats/slots?{years}"),
            ("slots of one code, 31 days by hour", $"{code}/stats/slots?{month}"),
            ("one code, 2 years, CSV", $"{code}/stats.csv?{years}"),
            ("one code, 2 years, XLSX with all tables", $"{code}/stats.xlsx?{years}"),
            ("list of codes", "codes"),
            ("list of codes, by scans", "codes?sort=scans&order=desc"),
            ("slots of a code (list)", $"{code}/slots"),
            ("list of channels", "channels"),
        ];
    }

    private static async Task<double> TimeAsync(HttpClient http, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
