using System.Net;
using System.Text.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Visits;

/// <summary>渠道码 as visitors meet them, and what is counted of each (D1, D29, F168, spec E.5 item 7).</summary>
public sealed class EntranceTests
{
    [Theory, BothStores]
    public async Task Channel_ShowsTheCodesSlots_AndCountsForBoth(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 100);
        var one = await AddChannelAsync(console, code);
        var two = await AddChannelAsync(console, code, "渠道二");
        var phone = new Phone(app.Visitor());

        var page = await phone.ScanAsync(one.Key);
        page.Slot.ShouldBe(slots[0]);
        (await phone.PressAsync(one.Key, page)).ShouldBe(HttpStatusCode.NoContent);
        (await phone.ScanAsync(two.Key)).Slot.ShouldBe(slots[0], "防重复 holds through every entrance");
        await phone.ScanAsync(two.Key);
        await new Phone(app.Visitor()).ScanAsync(code.Text("key"));

        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses")).ShouldBe((4, 2, 1));
        (await CountsAsync(app, one.Id)).ShouldBe((1, 1, 1, 1, 1));
        (await CountsAsync(app, two.Id)).ShouldBe((2, 1, 1, 0, 0));
        (await CountsAsync(app, 0)).ShouldBe((1, 1, 1, 0, 0));
        var listed = (await console.GetAsync($"channels?codeId={code.Id()}")).At("items").EnumerateArray().ToDictionary(row => row.Text("key"), row => row.At("counts"));
        long[] figures = [.. new[] { one.Key, two.Key }.SelectMany(key => new[] { "todayScans", "todayVisitors", "scans", "visitors", "pressVisitors" }.Select(field => listed[key].Number(field)))];
        figures.ShouldBe([1, 1, 1, 1, 1, 2, 1, 2, 1, 0]);
    }

    [Theory, BothStores]
    public async Task Channel_CountsAVisitorOnceADay_AndTheDayBeginsInShanghai(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var channel = await AddChannelAsync(console, code);
        var phone = new Phone(app.Visitor());
        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 15, 59, 59, TimeSpan.Zero));
        await phone.ScanAsync(code.Text("key"));
        await phone.ScanAsync(channel.Key);

        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero));
        await phone.ScanAsync(channel.Key);
        await phone.ScanAsync(code.Text("key"));

        (await CountsAsync(app, channel.Id)).ShouldBe((2, 1, 2, 0, 0));
        (await CountsAsync(app, 0)).ShouldBe((2, 1, 2, 0, 0), "what he did before his first channel is known");
    }

    [Theory, BothStores]
    public async Task Channel_IsOffDuty_WithItsCode_AndOfNoUseWhenItNeverWas(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var channel = await AddChannelAsync(console, code);

        await console.SendAsync(HttpMethod.Delete, $"codes/{code.Id()}");

        var page = await new Phone(app.Visitor()).ScanAsync(channel.Key);
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "off-duty"));
        (await new Phone(app.Visitor()).ScanAsync("23456789")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothStores]
    public async Task Devices_AreCountedByScan(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        string[] agents = ["iPhone MicroMessenger/8", "Android MicroMessenger/8", "Android MicroMessenger/8", "iPhone wxwork/4 MicroMessenger/8", "Chrome"];

        foreach (var agent in agents)
        {
            await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, $"/q/{code.Text("key")}", ("User-Agent", agent));
        }

        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        (await connection.QuerySingleAsync<string>(
            "SELECT sum(scans) || ' ' || sum(scans_ios) || ' ' || sum(scans_android) || ' ' || sum(scans_wecom) FROM visit_counts")).ShouldBe("5 1 2 1");
    }

    private static async Task<(long Id, string Key)> AddChannelAsync(Operator console, JsonElement code, string name = "渠道")
    {
        var made = (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/channels", new[] { new { name, remark = "" } })).At("items")[0];
        return (ChannelId.Parse(made.Id()).Value, made.Text("key"));
    }

    private static async Task<(long Scans, long Visitors, long DayVisitors, long Presses, long Pressers)> CountsAsync(HuomaApp app, long channelId)
    {
        const string sql = """
            SELECT CAST(sum(scans) AS bigint), CAST(sum(entrance_new_visitors) AS bigint), CAST(sum(entrance_day_visitors) AS bigint),
                CAST(sum(presses) AS bigint), CAST(sum(entrance_new_pressers) AS bigint)
            FROM visit_counts WHERE channel_id = @channelId
            """;
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<(long, long, long, long, long)>(sql, new { channelId });
    }
}
