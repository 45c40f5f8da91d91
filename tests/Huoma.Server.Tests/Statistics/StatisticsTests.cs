using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using static Huoma.Server.Tests.Statistics.Counted;

namespace Huoma.Server.Tests.Statistics;

/// <summary>What the statistics of a code and of all codes say. It is 2026-11-22 12:00 in Shanghai.</summary>
public sealed class StatisticsTests
{
    // The hours that begin and end the 21st and the 22nd in Shanghai.
    private static readonly DateTimeOffset LastOf20 = Instant("2026-11-20T15:00Z");
    private static readonly DateTimeOffset FirstOf21 = Instant("2026-11-20T16:00Z");
    private static readonly DateTimeOffset LastOf21 = Instant("2026-11-21T15:00Z");
    private static readonly DateTimeOffset FirstOf22 = Instant("2026-11-21T16:00Z");

    [Theory, BothStores]
    public async Task Code_HasASeriesByDayAndByHour(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        await app.CountAsync(desk.Tenant,
            new CountRow(code, LastOf20) { Scans = 100, Visitors = 90, NewVisitors = 80 },
            new CountRow(code, FirstOf21) { Scans = 5, Visitors = 4, NewVisitors = 3, Presses = 2, PressVisitors = 1, Ios = 2, Android = 1, WeCom = 1 },
            new CountRow(code, FirstOf21, Slot: 7) { Scans = 1, Visitors = 1 },
            new CountRow(code, LastOf21) { Scans = 7, Visitors = 6, NewVisitors = 6, Presses = 4, PressVisitors = 3 },
            new CountRow(code, FirstOf22) { Scans = 11, Visitors = 9, NewVisitors = 1, Android = 11 });

        var byDay = await desk.GetAsync($"codes/{code}/stats?from=2026-11-21&to=2026-11-22&by=day&compare=previous").JsonAsync();
        Line(byDay, "scans").ShouldBe([13, 11]);
        Line(byDay, "visitors").ShouldBe([11, 9]);
        Line(byDay, "newVisitors").ShouldBe([9, 1]);
        Line(byDay, "returningVisitors").ShouldBe([2, 8]);
        byDay.At("series")[0].Text("at").ShouldBe("2026-11-20T16:00:00.000Z");
        byDay.At("totals").ToString().ShouldBe(
            """{"scans":24,"visitors":20,"newVisitors":10,"returningVisitors":10,"presses":6,"pressVisitors":4,"joins":0,"devices":{"ios":2,"android":12,"weCom":1,"other":9}}""");
        byDay.At("previous").Number("totals.scans").ShouldBe(100);
        byDay.Text("timeZone").ShouldBe("Asia/Shanghai");

        var byHour = await desk.GetAsync($"codes/{code}/stats?from=2026-11-21&to=2026-11-21").JsonAsync();
        byHour.Text("by").ShouldBe("hour");
        byHour.IsNull("previous").ShouldBeTrue();
        Line(byHour, "scans").ShouldBe([6, .. Enumerable.Repeat(0L, 22), 7]);

        Line(await desk.GetAsync($"codes/{code}/stats?range=yesterday").JsonAsync(), "scans").ShouldBe(Line(byHour, "scans"));
        Line(await desk.GetAsync($"codes/{code}/stats?range=today").JsonAsync(), "scans").ShouldBe([11, .. Enumerable.Repeat(0L, 23)]);
        Line(await desk.GetAsync($"codes/{code}/stats?range=seven-days").JsonAsync(), "scans").ShouldBe([0, 0, 0, 0, 100, 13, 11]);
        Line(await desk.GetAsync($"codes/{code}/stats?range=thirty-days").JsonAsync(), "scans").Count.ShouldBe(30);

        // One hour by its instants.
        var hour = await desk.GetAsync($"codes/{code}/stats?from=2026-11-21T15:10:00Z&to=2026-11-21T15:50:00Z").JsonAsync();
        Line(hour, "scans").ShouldBe([7]);
    }

    [Theory, BothStores]
    public async Task Code_TellsItsEntrancesApart(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var source = (await desk.CreateCodeAsync("旧群活码")).Id();
        var poster = await app.AddChannelAsync(desk, code, "海报");
        var quiet = await app.AddChannelAsync(desk, code, "没人扫");
        await app.CountAsync(desk.Tenant,
            new CountRow(code, FirstOf22) { Scans = 3, Visitors = 2, NewVisitors = 1 },
            new CountRow(code, FirstOf22, poster.Value) { Scans = 8, Visitors = 7, NewVisitors = 6, Presses = 5, PressVisitors = 4 },
            new CountRow(source, FirstOf22) { Scans = 20, Visitors = 18, NewVisitors = 18 },
            new CountRow(code, FirstOf22, -LiveCodeId.Parse(source).Value) { Scans = 20, Visitors = 18, NewVisitors = 18, Presses = 9, PressVisitors = 9 });

        var channels = await desk.GetAsync($"codes/{code}/stats/channels?from=2026-11-22&to=2026-11-22&by=day").JsonAsync();
        channels.Texts("id").ShouldBe([$"from-{source}", poster.ToString(), "own", quiet.ToString()]);
        channels.Texts("kind").ShouldBe(["hand-over", "channel", "own", "channel"]);
        var items = channels.At("items");
        (items[0].Text("name"), items[1].Text("name"), items[2].IsNull("name")).ShouldBe(("旧群活码", "海报", true));
        items.EnumerateArray().Select(item => item.Number("totals.visitors")).ShouldBe([18, 7, 2, 0]);
        Line(items[1], "presses").ShouldBe([5]);

        var one = await desk.GetAsync($"codes/{code}/stats?channelId={poster}&from=2026-11-22&to=2026-11-22&by=day").JsonAsync();
        one.At("totals").ToString().ShouldBe(items[1].At("totals").ToString());
        var drawn = await desk.GetAsync($"codes/{code}/stats/channels?ids=own,{quiet}&from=2026-11-22&to=2026-11-22").JsonAsync();
        drawn.At("items").EnumerateArray().Where(item => !item.IsNull("series")).Select(item => item.Id()).ShouldBe(["own", quiet.ToString()]);

        // The code counts all its entrances; all codes together count the people who were handed over once, where they scanned.
        (await desk.GetAsync($"codes/{code}/stats").JsonAsync()).Number("totals.scans").ShouldBe(31);
        var all = (await desk.GetAsync("stats").JsonAsync()).At("totals");
        (all.Number("scans"), all.Number("visitors"), all.Number("newVisitors"), all.Number("presses"), all.Number("pressVisitors")).ShouldBe((31, 27, 25, 14, 13));
        (await desk.GetAsync("overview").JsonAsync()).At("today").ToString().ShouldBe("""{"scans":31,"visitors":27,"presses":14,"pressVisitors":13,"joins":0}""");
    }

    [Theory, BothStores]
    public async Task Code_TellsItsSlotsAndRoundsApart(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var first = (await desk.AddSlotAsync(code, "一群")).Id();
        var second = (await desk.AddSlotAsync(code, "二群")).Id();
        await app.CountAsync(desk.Tenant,
            new CountRow(code, FirstOf22) { Scans = 50 },
            new CountRow(code, FirstOf22, Slot: SlotId.Parse(first).Value) { Scans = 4, Visitors = 3, Presses = 2, PressVisitors = 1 },
            new CountRow(code, FirstOf22, Slot: SlotId.Parse(first).Value, Round: 2) { Scans = 6, Visitors = 5 },
            new CountRow(code, FirstOf22, Slot: SlotId.Parse(second).Value) { Scans = 1, Visitors = 1 });
        await desk.DeleteAsync($"slots/{second}");

        var items = (await desk.GetAsync($"codes/{code}/stats/slots?from=2026-11-22&to=2026-11-22&by=day").JsonAsync()).At("items").EnumerateArray().ToList();

        items.Select(item => (item.Text("name"), item.Number("round"), item.Flag("isCurrent"), item.Flag("isDeleted")))
            .ShouldBe([("一群", 1, true, false), ("一群", 2, false, false), ("二群", 1, true, true)]);
        items[0].At("totals").ToString().ShouldBe("""{"shows":4,"visitors":3,"presses":2,"pressVisitors":1}""");
        items.Select(item => Line(item, "shows")[0]).ShouldBe([4, 6, 1]);
    }

    [Theory, BothStores]
    public async Task Figures_AreTheSame_BeforeAndAfterHoursAreSummedUp(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var foreign = (await other.CreateCodeAsync()).Id();
        var random = new Random(7);
        var now = app.Clock.GetUtcNow();
        var rows = Enumerable.Range(0, 60).Select(back => new CountRow(back % 5 == 0 ? foreign : code, now.AddHours(-back * 3))
        {
            Scans = random.Next(9),
            Visitors = random.Next(9),
            NewVisitors = random.Next(9),
            Presses = random.Next(9),
            PressVisitors = random.Next(9),
            Ios = random.Next(9),
        }).ToList();
        await app.CountAsync(desk.Tenant, [.. rows.Where(row => row.Code == code)]);
        await app.CountAsync(other.Tenant, [.. rows.Where(row => row.Code == foreign)]);
        var before = await ReadAsync();

        await app.SumUpAsync();
        (await ReadAsync()).ShouldBe(before);

        // What came late, into an hour that is summed up, is there after the next time; the present hour at once.
        await app.CountAsync(desk.Tenant, new CountRow(code, now.AddHours(-4)) { Scans = 1_000 }, new CountRow(code, now, Channel: 5) { Scans = 500 });
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var early = (await desk.GetAsync("overview").JsonAsync()).Number("total.scans");
        await app.SumUpAsync();
        var late = await desk.GetAsync("overview").JsonAsync();
        (late.Number("total.scans") - early).ShouldBe(1_000);
        var expected = rows.Where(row => row.Code == code).Sum(row => row.Scans) + 1_500;
        late.Number("total.scans").ShouldBe(expected);
        (await desk.GetAsync("stats?from=2026-11-01&to=2026-11-22").JsonAsync()).Number("totals.scans").ShouldBe(expected);

        async Task<string> ReadAsync() => string.Join('\n',
            (await desk.GetAsync("stats?from=2026-11-10&to=2026-11-22&by=hour&compare=previous").JsonAsync()).ToString(),
            (await desk.GetAsync("stats?from=2026-10-10&to=2026-11-22&by=day").JsonAsync()).ToString(),
            (await desk.GetAsync("overview").JsonAsync()).ToString(),
            (await other.GetAsync("stats").JsonAsync()).ToString());
    }

    [Theory, BothStores]
    public async Task Overview_SetsTodayAgainstYesterday_HourByHour(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        await app.CountAsync(desk.Tenant,
            new CountRow(code, LastOf20) { Scans = 99 },
            new CountRow(code, FirstOf21) { Scans = 1 },
            new CountRow(code, LastOf21) { Scans = 2 },
            new CountRow(code, FirstOf22) { Scans = 4 });

        var overview = await desk.GetAsync("overview").JsonAsync();

        overview.Number("today.scans").ShouldBe(4);
        overview.Number("yesterday.scans").ShouldBe(3);
        overview.At("trend.today").EnumerateArray().Select(hour => hour.Number("scans")).ShouldBe([4, .. Enumerable.Repeat(0L, 23)]);
        overview.At("trend.yesterday").EnumerateArray().Select(hour => hour.Number("scans")).ShouldBe([1, .. Enumerable.Repeat(0L, 22), 2]);
    }

    [Theory, BothStores]
    public async Task RealVisits_AreInTheStatistics(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        app.Clock.Set(Instant("2026-11-22T23:30:00+08:00"));
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        await phone.PressAsync(key, await phone.ScanAsync(key));
        await phone.ScanAsync(key);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await phone.ScanAsync(key);
        await new Phone(app.Visitor()).ScanAsync(key);

        var statistics = await console.GetAsync($"codes/{code.Id()}/stats?from=2026-11-22&to=2026-11-23&by=day");
        Line(statistics, "scans").ShouldBe([2, 2]);
        Line(statistics, "visitors").ShouldBe([1, 2]);
        Line(statistics, "newVisitors").ShouldBe([1, 1]);
        Line(statistics, "returningVisitors").ShouldBe([0, 1]);
        Line(statistics, "pressVisitors").ShouldBe([1, 0]);
        (await console.GetAsync("stats?from=2026-11-22&to=2026-11-23&by=day")).At("series").ToString().ShouldBe(statistics.At("series").ToString());
        var slot = (await console.GetAsync($"codes/{code.Id()}/stats/slots?from=2026-11-22&to=2026-11-23")).At("items")[0];
        (slot.Text("slotId"), slot.Number("totals.shows"), slot.Number("totals.visitors"), slot.Number("totals.presses")).ShouldBe((slots[0], 4, 3, 1));
    }

    [Theory, BothStores]
    public async Task Day_HasItsHours_InAnotherZone(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:TimeZone"] = "America/New_York" });
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        // One o'clock came twice on the first of November: before and after the clocks went back.
        await app.CountAsync(desk.Tenant,
            new CountRow(code, Instant("2026-11-01T05:00Z")) { Scans = 1 },
            new CountRow(code, Instant("2026-11-01T06:00Z")) { Scans = 2 },
            new CountRow(code, Instant("2026-11-02T04:00Z")) { Scans = 4 },
            new CountRow(code, Instant("2026-11-02T05:00Z")) { Scans = 8 });

        var day = await desk.GetAsync($"codes/{code}/stats?from=2026-11-01&to=2026-11-01").JsonAsync();

        Line(day, "scans").ShouldBe([0, 1, 2, .. Enumerable.Repeat(0L, 21), 4]);
        day.Text("timeZone").ShouldBe("America/New_York");
    }

    internal static List<long> Line(JsonElement statistics, string figure) =>
        [.. statistics.At("series").EnumerateArray().Select(point => point.Number(figure))];
}
