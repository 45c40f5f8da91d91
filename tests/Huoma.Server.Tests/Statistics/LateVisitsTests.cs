using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Statistics.Counting;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;
using static Huoma.Server.Tests.Statistics.Counted;

namespace Huoma.Server.Tests.Statistics;

/// <summary>Visits that are counted into hours and days which were summed up before are in every figure (ADR 0015). It is noon in Shanghai.</summary>
public sealed class LateVisitsTests
{
    [Theory, BothStores]
    public async Task Totals_HaveVisitsAtOnce_WhenTheClockWasSetBackAnHour(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        app.Clock.Advance(TimeSpan.FromMinutes(75));
        await app.SumUpAsync();

        app.Clock.Advance(TimeSpan.FromHours(-1));
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        await ShouldSayAsync(app, code.Id(), 2);

        // The clock is right again, or this is the process whose clock was right all the time.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await ShouldSayAsync(app, code.Id(), 2);
        await app.SumUpAsync();
        await ShouldSayAsync(app, code.Id(), 2);
    }

    [Theory, BothStores]
    public async Task Totals_HaveVisitsAtOnce_WhenTheClockWasDaysAhead(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.SumUpAsync();

        app.Clock.Advance(TimeSpan.FromDays(-3));
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        await ShouldSayAsync(app, code.Id(), 2);

        // Nothing was summed up in between: what was said of those days while the clock was ahead holds no longer.
        await app.SumUpAsync();
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await ShouldSayAsync(app, code.Id(), 3);
        await app.SumUpAsync();
        await ShouldSayAsync(app, code.Id(), 3);
    }

    [Theory, BothStores]
    public async Task Totals_HaveABatch_ThatWasCommittedAfterItsHourWasSummedUp(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var now = app.Clock.GetUtcNow();
        await app.CountAsync(desk.Tenant, new CountRow(code, now.AddHours(-30)) { Scans = 1 }, new CountRow(code, now.AddHours(-5)) { Scans = 1 });
        await app.SumUpAsync();

        // Not written yet when the hour before last was over: there at once. Five hours late: with the next run.
        await app.CountAsync(desk.Tenant, new CountRow(code, now.AddHours(-2), Slot: 7) { Scans = 10 });
        await ShouldSayAsync(app, code, 12);
        await app.CountAsync(desk.Tenant, new CountRow(code, now.AddHours(-5), Slot: 7) { Scans = 100 });
        await app.SumUpAsync();
        await ShouldSayAsync(app, code, 112);
    }

    [Theory, BothStores]
    public async Task Totals_HaveVisitsOfAProcessWhoseClockWasDaysBehind_BeforeTheDayIsOver(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var desk = await Desk.OpenAsync(app);
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        await app.CountAsync(desk.Tenant, new CountRow(code.Id(), app.Clock.GetUtcNow().AddDays(-250)) { Scans = 4 });
        await app.SumUpAsync();

        app.Clock.Advance(TimeSpan.FromDays(-40));
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        app.Clock.Advance(TimeSpan.FromDays(40));
        for (var run = 0; run <= SumUpHours.Pieces; run++)
        {
            await app.SumUpAsync();
        }

        await ShouldSayAsync(app, code.Id(), 5);
    }

    [Theory, BothStores]
    public async Task Days_AreThoseOfTheZone_WhenItWasChanged(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        await app.CountAsync(desk.Tenant,
            new CountRow(code, Instant("2026-11-10T15:00Z")) { Scans = 1 },
            new CountRow(code, Instant("2026-11-10T16:00Z")) { Scans = 2 },
            new CountRow(code, Instant("2026-11-11T04:00Z")) { Scans = 4 },
            new CountRow(code, Instant("2026-11-11T05:00Z")) { Scans = 8 });
        await app.SumUpAsync();
        const string range = "from=2026-11-10&to=2026-11-11&by=day";
        StatisticsTests.Line(await desk.GetAsync($"codes/{code}/stats?{range}").JsonAsync(), "scans").ShouldBe([1, 14]);

        // New York's tenth ends when Shanghai's eleventh is half over.
        await using var moved = app.StartAnother(new Dictionary<string, string> { ["Huoma:TimeZone"] = "America/New_York" });
        var there = await Desk.OpenAsync(moved);
        StatisticsTests.Line(await there.GetAsync($"codes/{code}/stats?{range}").JsonAsync(), "scans").ShouldBe([7, 8]);
        await moved.SumUpAsync();
        StatisticsTests.Line(await there.GetAsync($"codes/{code}/stats?{range}").JsonAsync(), "scans").ShouldBe([7, 8]);
        await using var connection = await moved.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<long>("SELECT CAST(SUM(scans) AS bigint) FROM entrance_days")).ShouldBe(15);
    }

    /// <summary>All codes, by hour and by day, the overview's sum and the code's own figures.</summary>
    private static async Task ShouldSayAsync(HuomaApp app, string code, long scans)
    {
        // A session may have ended meanwhile.
        var console = new Operator(await app.SignInAsync());
        const string days = "from=2025-12-01&to=2026-11-30&by=day";
        (await console.GetAsync($"stats?{days}")).Number("totals.scans").ShouldBe(scans, "all codes by day");
        (await console.GetAsync("overview")).Number("total.scans").ShouldBe(scans, "overview");
        (await console.GetAsync($"codes/{code}/stats?{days}")).Number("totals.scans").ShouldBe(scans, "code by day");
        (await console.GetAsync($"codes/{code}/stats/channels?{days}")).At("items").EnumerateArray().Sum(item => item.Number("totals.scans"))
            .ShouldBe(scans, "channels by day");
        var byDay = StatisticsTests.Line(await console.GetAsync("stats?range=seven-days"), "scans");
        var byHour = StatisticsTests.Line(await console.GetAsync("stats?range=seven-days&by=hour"), "scans");
        byHour.Chunk(24).Select(hours => hours.Sum()).ShouldBe(byDay);
        StatisticsTests.Line(await console.GetAsync($"codes/{code}/stats?range=seven-days&by=hour"), "scans").ShouldBe(byHour);
    }
}
