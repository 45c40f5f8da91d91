using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Statistics;

public sealed class OverviewTests
{
    [Theory]
    [BothStores]
    public async Task Overview_OfAnEmptyTenant_IsEmpty(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);

        var overview = await desk.GetAsync("overview").JsonAsync();

        overview.Number("total.visitors").ShouldBe(0);
        overview.Number("codes.total").ShouldBe(0);
        overview.At("warnings").GetArrayLength().ShouldBe(0);
        overview.Number("groupsLeft").ShouldBe(0);
        overview.Text("at").ShouldBe("2026-11-22T04:00:00.000Z");
        overview.Text("timeZone").ShouldBe("Asia/Shanghai");
    }

    [Theory]
    [BothStores]
    public async Task Overview_SumsUpAndWarns(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var now = app.Clock.GetUtcNow();
        var fine = (await desk.CreateCodeAsync("好")).Text("id");
        await desk.AddSlotAsync(fine, "宽裕", threshold: 100);
        var scarce = (await desk.CreateCodeAsync("紧")).Text("id");
        var slot = await desk.AddSlotAsync(scarce, "将满", threshold: 10);
        var expiring = await desk.AddSlotAsync(
            scarce, new { imageId = await desk.PictureAsync(), name = "将过期", threshold = 1, expiresAt = Desk.Iso(now.AddHours(1)) });
        var empty = (await desk.CreateCodeAsync("空")).Text("id");
        var off = (await desk.CreateCodeAsync("关")).Text("id");
        await desk.PatchAsync($"codes/{off}", new { status = "off" }).JsonAsync();
        await desk.CountAsync(slot, now.AddDays(-1), scans: 20, visitors: 18, presses: 15, pressVisitors: 8);
        await desk.CountAsync(slot, now, scans: 2, visitors: 2, presses: 1, pressVisitors: 1);

        var overview = await desk.GetAsync("overview").JsonAsync();

        overview.At("total").ToString().ShouldBe("""{"scans":22,"visitors":20,"presses":16,"pressVisitors":9,"joins":0}""");
        overview.At("today").ToString().ShouldBe("""{"scans":2,"visitors":2,"presses":1,"pressVisitors":1,"joins":0}""");
        overview.At("codes").ToString().ShouldBe("""{"total":4,"on":3}""");
        var warnings = overview.At("warnings").EnumerateArray().ToList();
        warnings.Select(warning => (warning.Text("kind"), warning.Text("codeId"))).ShouldBe(
            [("code-exhausted", empty), ("code-running-out", scarce), ("slot-expiring", scarce)]);
        warnings[1].Number("placesLeft").ShouldBe(2);
        warnings[1].IsNull("slotId").ShouldBeTrue();
        warnings[2].Text("slotId").ShouldBe(expiring.Text("id"));
        warnings[2].Text("slotName").ShouldBe("将过期");
        warnings[2].Text("codeName").ShouldBe("紧");
        warnings[2].Text("expiresAt").ShouldBe("2026-11-22T05:00:00.000Z");

        app.Clock.Advance(TimeSpan.FromHours(1));
        var later = (await desk.GetAsync("overview").JsonAsync()).At("warnings");
        later[1].Number("placesLeft").ShouldBe(1);
        later[2].Text("kind").ShouldBe("slot-expired");
    }
}
