using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>数据统计 and the overview's trend, as an operator sees them: charts drawn, and everywhere the same figures.</summary>
public sealed class StatisticsTests
{
    private static readonly string[] Figures = ["scans", "visitors", "newVisitors", "returningVisitors", "presses", "pressVisitors", "joins"];

    [Fact]
    public async Task Operator_SeesTheSameFigures_InChartTableFileAndApi()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 100);
        await CountAsync(server, code);
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);
        await page.GetByTestId("trend").Locator("canvas").First.WaitForAsync();
        await Browser.LookAsync(page, "desk-overview");

        await page.GotoAsync("/console/codes");
        await page.GetByTestId("to-statistics").First.ClickAsync();
        await page.GetByTestId("chart").Locator("canvas").First.WaitForAsync();
        var api = await console.GetAsync($"codes/{code.Id()}/stats?range=seven-days");
        await page.GetByTestId("trend-table").WaitForAsync();
        await Browser.LookAsync(page, "desk-statistics");
        var table = await TableAsync(page, "trend-table");
        table.Select(row => row.Skip(1).Select(Number)).ShouldBe(api.At("series").EnumerateArray().Select(NumbersOf));
        Number(await page.GetByTestId("sum-scans").InnerTextAsync()).ShouldBe(api.Number("totals.scans"));

        await page.GetByTestId("download").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-csv").ClickAsync());
        var csv = await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8, TestContext.Current.CancellationToken);
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ShouldBe(
            table.Select(row => row.Select(cell => cell.Replace(",", "", StringComparison.Ordinal)).ToArray()));
        await page.GetByTestId("download").ClickAsync();
        var picture = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-png").ClickAsync());
        (await File.ReadAllBytesAsync(await picture.PathAsync(), TestContext.Current.CancellationToken))[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]);

        foreach (var (tab, name) in ((string, string)[])[("channels-table", "渠道"), ("slots-table", "二维码"), ("audience-table", "设备与新老访客")])
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true }).ClickAsync();
            await page.GetByTestId(tab).WaitForAsync();
            await page.GetByTestId("chart").Locator("canvas").First.WaitForAsync();
            await page.GetByTestId(tab).ScrollIntoViewIfNeededAsync();
            await Browser.LookAsync(page, $"desk-{tab}");
        }

        // What is shown stands in the address: a reload keeps it.
        await page.GetByTestId("range-today").ClickAsync();
        await page.ReloadAsync();
        await page.GetByTestId("audience-table").WaitForAsync();
        (await TableAsync(page, "audience-table")).Count.ShouldBe(24);
        page.Url.ShouldContain("range=today");
        await page.EvaluateAsync("document.documentElement.classList.add('dark')");
        await Browser.LookAsync(page, "desk-statistics-dark");
    }

    [Fact]
    public async Task Phone_ScrollsNothingButTheTable()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 100);
        await console.PatchAsync($"codes/{code.Id()}", new { name = "七天读书营七天读书营七天读书营七天读书营七天读书营七天读书营" });
        await CountAsync(server, code);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PhoneAsync(server.Address);
        await Browser.SignInAsync(page);
        await page.GetByTestId("trend").Locator("canvas").First.WaitForAsync();
        await Browser.LookAsync(page, "phone-overview-trend");

        foreach (var tab in (string[])["trend", "channels", "slots", "audience"])
        {
            await page.GotoAsync($"/console/statistics/{code.Id()}?tab={tab}");
            await page.GetByTestId("chart").Locator("canvas").First.WaitForAsync();
            await page.GetByTestId($"{tab}-table").ScrollIntoViewIfNeededAsync();
            await Browser.LookAsync(page, $"phone-statistics-{tab}");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, tab);
        }
    }

    /// <summary>Nine days of hours, with a channel and every device.</summary>
    private static async Task CountAsync(ServerProcess server, JsonElement code)
    {
        const string channel = """
            INSERT INTO channels (id, tenant_id, live_code_id, key, name, remark, created_at, archived_at)
            SELECT 77, tenant_id, id, 'poster77', '地铁二号线人民广场站三号口海报（2026 年秋季第二批）', '', 0, NULL FROM live_codes WHERE number = @Number
            """;
        const string counts = """
            INSERT INTO visit_counts (live_code_id, hour, channel_id, slot_id, round, node, tenant_id, scans, new_visitors, day_visitors,
                shows, new_shown, day_shown, presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers,
                entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom)
            SELECT id, @Hour, @Channel, (SELECT id FROM slots WHERE live_code_id = live_codes.id ORDER BY position LIMIT 1 OFFSET @Slot), 1, 99, tenant_id, @Scans, @Scans / 3, @Scans / 2, @Scans, @Scans / 3, @Scans / 2, @Scans / 3, @Scans / 4, @Scans / 4,
                @Scans / 4, @Scans / 4, @Scans / 3, @Scans / 2, @Scans / 4, @Scans / 4, @Scans / 3, @Scans / 4, @Scans / 9
            FROM live_codes WHERE number = @Number
            """;
        await using var connection = await server.OpenStoreAsync();
        var number = code.Text("number");
        await connection.ExecuteAsync(channel, new { Number = number });

        // A long name without a place to break, and one in Latin letters.
        await connection.ExecuteAsync("UPDATE slots SET name = CASE position WHEN 1 THEN '七天读书营第一百二十八期华东区晚间班交流群' ELSE 'ReadingCampEveningClassShanghai-2026-11' END");
        var random = new Random(5);
        var now = DateTimeOffset.UtcNow;
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        await using var transaction = await connection.BeginTransactionAsync();
        for (var back = 0; back < 9 * 24; back++)
        {
            var row = new { Number = number, Hour = hour.AddHours(-back).ToUnixTimeMilliseconds(), Slot = back % 2 };
            await connection.ExecuteAsync(counts, new { row.Number, row.Hour, row.Slot, Channel = 0L, Scans = 40 + random.Next(80) }, transaction);
            await connection.ExecuteAsync(counts, new { row.Number, row.Hour, row.Slot, Channel = 77L, Scans = random.Next(60) }, transaction);
        }

        await transaction.CommitAsync();
    }

    private static List<long> NumbersOf(JsonElement point) =>
    [
        .. Figures.Select(figure => point.Number(figure)),
        point.Number("devices.ios"), point.Number("devices.android"), point.Number("devices.weCom"), point.Number("devices.other"),
    ];

    private static long Number(string text) => long.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static async Task<List<List<string>>> TableAsync(IPage page, string testId)
    {
        List<List<string>> rows = [];
        foreach (var row in await page.GetByTestId(testId).Locator("tbody tr").AllAsync())
        {
            rows.Add([.. await row.Locator("th, td").AllInnerTextsAsync()]);
        }

        return rows;
    }
}
