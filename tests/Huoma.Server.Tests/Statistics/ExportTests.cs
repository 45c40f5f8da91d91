using System.Globalization;
using System.IO.Compression;
using System.Text;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using static Huoma.Server.Tests.Statistics.StatisticsFiles;

namespace Huoma.Server.Tests.Statistics;

/// <summary>The files say what the API says, to the unit, and run nothing.</summary>
public sealed class ExportTests
{
    [Theory, BothStores]
    public async Task Files_AgreeWithTheApi_InTwentyRanges(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var random = new Random(20261122);
        var end = app.Clock.GetUtcNow();
        await app.CountAsync(desk.Tenant, [.. Enumerable.Range(0, 24 * 40).Where(_ => random.Next(3) > 0).Select(back => new CountRow(code, end.AddHours(-back))
        {
            Scans = 20 + random.Next(99), Visitors = 10 + random.Next(9), NewVisitors = random.Next(9), Presses = random.Next(50), PressVisitors = random.Next(9),
            Ios = random.Next(9), Android = random.Next(9), WeCom = random.Next(2),
        })]);
        await app.SumUpAsync();

        for (var round = 0; round < 20; round++)
        {
            var from = new DateOnly(2026, 11, 22).AddDays(-random.Next(35));
            var range = (round % 4) switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}&to={from.AddDays(random.Next(7)):yyyy-MM-dd}&by=hour"),
                1 => string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}T{random.Next(24):00}:00:00%2B08:00&to={from.AddDays(3):yyyy-MM-dd}T{random.Next(24):00}:30:00%2B08:00&by=hour"),
                2 => string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}&to={from:yyyy-MM-dd}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"from={from.AddDays(-random.Next(300)):yyyy-MM-dd}&to={from:yyyy-MM-dd}&by=day"),
            };
            foreach (var path in (string[])["", $"codes/{code}/"])
            {
                var api = await desk.GetAsync($"{path}stats?{range}").JsonAsync();
                var expected = api.At("series").EnumerateArray().Select(NumbersOf).ToList();
                var file = await BytesAsync(desk.GetAsync($"{path}stats.csv?{range}"));
                var csv = Lines(file);
                Numbers(file).ShouldBe(expected, range);
                var xlsx = await BytesAsync(desk.GetAsync($"{path}stats.xlsx?{range}"));
                var trend = Read(xlsx, "趋势");
                Numbers(xlsx, "趋势").ShouldBe(expected, range);
                trend.Skip(1).Select(row => (string)row[0]).ShouldBe(csv.Skip(1).Select(line => line.Split(',')[0]));
                var sums = Read(xlsx, "概况").Skip(6).Take(11).Select(row => Convert.ToInt64(row[1], CultureInfo.InvariantCulture));
                sums.ShouldBe(NumbersOf(api.At("totals")), range);
                Figures.Select(figure => StatisticsTests.Line(api, figure).Sum()).ShouldBe(Figures.Select(figure => api.Number($"totals.{figure}")));
            }
        }
    }

    [Theory]
    [InlineData("=cmd()")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData(" =1+1")]
    [InlineData("＝1+1")]
    [InlineData("$=1+1")]
    [InlineData("=HYPERLINK(\"http://x\",\"看\")")]
    public async Task Names_RunNothing(string name)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync(name)).Id();
        await app.AddChannelAsync(desk, code, name);
        var slot = await desk.AddSlotAsync(code, name);

        foreach (var table in (string[])["channels", "slots"])
        {
            var csv = Lines(await BytesAsync(desk.GetAsync($"codes/{code}/stats.csv?table={table}")));
            var cell = csv[^1].TrimStart('"');
            cell[0].ShouldBeOneOf(name.StartsWith('$') ? ['$'] : ['\'']);
        }

        var xlsx = await BytesAsync(desk.GetAsync($"codes/{code}/stats.xlsx"));
        Read(xlsx, "概况")[1][1].ShouldBe(slot.Text("name") == name ? name : slot.Text("name"));
        Read(xlsx, "渠道")[^1][0].ShouldBe(name);
        using var archive = new ZipArchive(new MemoryStream(xlsx));
        foreach (var sheet in archive.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && entry.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(sheet.Open(), Encoding.UTF8);
            var xml = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            xml.ShouldContain("<x:c ");
            xml.ShouldNotContain("<x:f>");
            xml.ShouldNotContain("<f>");
        }
    }

    [Theory, BothStores]
    public async Task Csv_OpensInExcel_AndSaysItsZone(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:TimeZone"] = "America/New_York" });
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync("群/1")).Id();

        using var answer = await desk.GetAsync($"codes/{code}/stats.csv?from=2026-11-01&to=2026-11-01");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        answer.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("群_1-趋势-20261101-20261101.csv");
        var lines = Lines(bytes);
        lines[0].ShouldStartWith("时间（America/New_York）,扫码次数,");
        lines[2].ShouldStartWith("2026-11-01 01:00 -04:00,0");
        lines[3].ShouldStartWith("2026-11-01 01:00 -05:00,0");
    }
}
