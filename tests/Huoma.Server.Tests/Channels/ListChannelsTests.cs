using System.Net;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Channels;

public sealed class ListChannelsTests
{
    [Theory]
    [BothStores]
    public async Task List_FiltersSearchesAndPages(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var poster = (await desk.CreateCodeAsync("海报 Alpha")).Id();
        var shop = (await desk.CreateCodeAsync("门店")).Id();
        var first = await desk.CreateChannelsAsync(poster, "甲", "乙 100%", "丙_线");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.CreateChannelsAsync(shop, "丁", "戊");
        await desk.PatchAsync($"channels/{first[0].Id()}", new { archived = true }).JsonAsync();

        await ShouldListAsync("", 4, "丁", "戊", "乙 100%", "丙_线");
        await ShouldListAsync("?page=2&pageSize=3", 4, "丙_线");
        await ShouldListAsync($"?codeId={poster}", 2, "乙 100%", "丙_线");
        await ShouldListAsync($"?codeId={poster}&archived=false", 2, "乙 100%", "丙_线");
        await ShouldListAsync($"?codeId={poster}&archived=true", 1, "甲");
        await ShouldListAsync("?q=alpha", 2, "乙 100%", "丙_线");
        await ShouldListAsync("?q=%25", 1, "乙 100%");
        await ShouldListAsync("?q=_", 1, "丙_线");
        await ShouldListAsync("?q=备注 丁", 1, "丁");
        await desk.GetAsync("channels?q=" + new string('x', 51)).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "q");
        await desk.GetAsync("channels?codeId=00000000001").ProblemAsync(HttpStatusCode.NotFound, "not-found");

        async Task ShouldListAsync(string query, int total, params string[] names)
        {
            var list = await desk.ListChannelsAsync(query);
            list.Number("total").ShouldBe(total, query);
            list.Texts("name").ShouldBe(names, query);
        }
    }

    [Theory]
    [BothStores]
    public async Task Counts_AreOfThisChannel_TodayAndEver(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var made = await desk.CreateChannelsAsync((await desk.CreateCodeAsync()).Id(), "甲", "乙");
        var midnight = new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero);
        await app.CountAsync(desk, made[0], midnight.AddHours(-1), slot: 0, scans: 50, newVisitors: 40, dayVisitors: 40, presses: 30, newPressers: 20, dayPressers: 20);
        await app.CountAsync(desk, made[0], midnight, slot: 0, scans: 5, newVisitors: 2, dayVisitors: 4, presses: 0, newPressers: 0, dayPressers: 0);
        await app.CountAsync(desk, made[0], midnight, slot: 7, scans: 0, newVisitors: 0, dayVisitors: 0, presses: 3, newPressers: 1, dayPressers: 2);
        await app.CountAsync(desk, made[1], midnight, slot: 0, scans: 1, newVisitors: 1, dayVisitors: 1, presses: 0, newPressers: 0, dayPressers: 0);

        var list = await desk.ListChannelsAsync();

        var counts = list.At("items")[0].At("counts");
        long[] ever = [counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors"), counts.Number("joins")];
        long[] today = [counts.Number("todayScans"), counts.Number("todayVisitors"), counts.Number("todayPresses"), counts.Number("todayPressVisitors")];
        ever.ShouldBe([55, 42, 33, 21, 0]);
        today.ShouldBe([5, 4, 3, 2]);
        list.At("items")[1].At("counts").Number("todayScans").ShouldBe(1);
    }

    [Theory]
    [BothStores]
    public async Task Channels_OfADeletedCode_StayWithTheirFigures(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        var channel = (await desk.CreateChannelsAsync(id, "甲"))[0];
        await desk.DeleteAsync($"codes/{id}").JsonAsync(HttpStatusCode.NoContent);

        var list = await desk.ListChannelsAsync($"?codeId={id}");

        list.At("items")[0].Flag("codeDeleted").ShouldBeTrue();
        list.At("items")[0].Text("codeName").ShouldBe("读书会");
        (await desk.PatchAsync($"channels/{channel.Id()}", new { archived = true }).JsonAsync()).Flag("archived").ShouldBeTrue();
        using var qr = await desk.GetAsync($"channels/{channel.Id()}/qr");
        qr.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
