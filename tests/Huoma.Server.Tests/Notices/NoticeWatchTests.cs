using System.Net;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Notices;

/// <summary>What is told, when, and that it is told once.</summary>
public sealed class NoticeWatchTests
{
    [Theory, BothStores]
    public async Task Expiry_IsToldOnceAtEachStage_ByTwoProcesses(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var another = app.StartAnother();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.ExpiringAsync(TimeSpan.FromHours(50));
        Task WatchTwiceAsync() => Task.WhenAll(Task.Run(() => NoticeDesk.WatchAsync(app), TestContext.Current.CancellationToken), Task.Run(() => NoticeDesk.WatchAsync(another), TestContext.Current.CancellationToken));

        await WatchTwiceAsync();
        (await desk.KindsAsync()).ShouldBeEmpty();

        var expected = new List<string>();
        foreach (var (left, told) in ((int, string)[])[(48, "slot-expiring-48"), (24, "slot-expiring-24"), (2, "slot-expiring-2"), (0, "slot-expired")])
        {
            app.Clock.Set(new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero).AddHours(-left).AddMilliseconds(-1));
            await WatchTwiceAsync();
            (await desk.KindsAsync()).ShouldBe(expected);

            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await WatchTwiceAsync();
            await WatchTwiceAsync();
            expected.Add(told);
            (await desk.KindsAsync()).ShouldBe(expected);
        }

        app.Clock.Advance(TimeSpan.FromDays(5));
        await WatchTwiceAsync();
        (await desk.KindsAsync()).ShouldBe(expected);
    }

    [Theory, BothStores]
    public async Task Expiry_IsToldAgain_OfAnotherPicture(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        var (_, slot) = await desk.ExpiringAsync(TimeSpan.FromHours(30));
        await NoticeDesk.WatchAsync(app);

        await desk.Desk.PutAsync($"slots/{slot.Id()}/image", new { imageId = await desk.Desk.PictureAsync(), expiresAt = Desk.Iso(desk.Now.AddHours(30)) }).JsonAsync();
        await NoticeDesk.WatchAsync(app);

        (await desk.KindsAsync()).ShouldBe(["slot-expiring-48", "slot-expiring-48"]);
    }

    [Theory, BothStores]
    public async Task Places_AreToldAtOneInFiveAndAtNone_AndAgainAfterAChange(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        var code = (await desk.Desk.CreateCodeAsync()).Id();
        var slot = await desk.Desk.AddSlotAsync(code, "一群", threshold: 10);
        var yesterday = desk.Now.AddDays(-1);

        await desk.Desk.CountAsync(slot, yesterday.AddHours(1), pressVisitors: 7);
        await NoticeDesk.WatchAsync(app);
        (await desk.KindsAsync()).ShouldBeEmpty();

        await desk.Desk.CountAsync(slot, yesterday.AddHours(2), pressVisitors: 1);
        await NoticeDesk.WatchAsync(app);
        await desk.Desk.CountAsync(slot, yesterday.AddHours(3), pressVisitors: 2);
        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.WatchAsync(app);
        (await desk.KindsAsync()).ShouldBe(["code-running-out", "code-exhausted"]);

        // A raised threshold takes the code out of trouble, and into another one.
        await desk.Desk.PatchAsync($"slots/{slot.Id()}", new { threshold = 12 }).JsonAsync();
        await NoticeDesk.WatchAsync(app);
        (await desk.KindsAsync()).Count.ShouldBe(2);
        await desk.PassAsync(TimeSpan.FromMinutes(31));
        (await desk.KindsAsync()).Skip(2).ShouldBe(["code-running-out"]);
        await desk.Desk.CountAsync(slot, yesterday.AddHours(4), pressVisitors: 2);
        await NoticeDesk.WatchAsync(app);
        (await desk.KindsAsync()).Skip(3).ShouldBe(["code-exhausted"]);
    }

    [Theory, BothStores]
    public async Task LastGroup_IsTold_AndSeatsCountAsPlaces(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        var code = (await desk.Desk.CreateCodeAsync()).Id();
        var first = await desk.Desk.AddSlotAsync(code, "一群", threshold: 5);
        await desk.Desk.AddSlotAsync(code, "二群", threshold: 100);
        var capped = (await desk.Desk.CreateCodeAsync("限座")).Id();
        await desk.Desk.PatchAsync($"codes/{capped}", new { seats = new { enabled = true, cap = 10 } }).JsonAsync();
        var seats = await desk.Desk.AddSlotAsync(capped, "座位群", threshold: 100);

        await desk.Desk.CountAsync(first, desk.Now.AddDays(-1), pressVisitors: 5);
        await desk.Desk.CountAsync(seats, desk.Now.AddDays(-1), visitors: 9);
        await NoticeDesk.WatchAsync(app);

        var told = await desk.NoticesAsync();
        told.Select(notice => (notice.Text("kind"), notice.Text("codeId"), notice.Number("placesLeft"))).ShouldBe(
            [("last-slot", code, 100), ("code-running-out", capped, 1)], ignoreOrder: true);
        told.Single(notice => notice.Text("kind") == "last-slot").Text("slotName").ShouldBe("二群");
    }

    [Theory, BothStores]
    public async Task Forecast_IsTold_FromTheLastHours(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        var code = (await desk.Desk.CreateCodeAsync()).Id();
        var slot = await desk.Desk.AddSlotAsync(code, "一群", threshold: 200);
        await desk.Desk.CountAsync(slot, desk.Now.AddHours(-1), pressVisitors: 40);
        await desk.Desk.CountAsync(slot, desk.Now, pressVisitors: 20);

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.WatchAsync(app);

        // 60 in an hour and a half are 40 an hour; 140 places last three hours and a half.
        var told = (await desk.NoticesAsync()).ShouldHaveSingleItem();
        told.Text("kind").ShouldBe("code-forecast");
        told.Text("forecast").ShouldBe("按当前速度约 3.5 小时后用完");
        told.Text("consequence").ShouldContain("还剩 140 个名额，按当前速度约 3.5 小时后用完");
    }

    [Theory, BothStores]
    public async Task Codes_AreAllLookedAt_EachForItsTenant(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        await desk.ExpiringAsync(TimeSpan.FromHours(1));
        var (off, _) = await desk.ExpiringAsync(TimeSpan.FromHours(1), "已关闭");
        await desk.Desk.PatchAsync($"codes/{off}", new { status = "off" }).JsonAsync();
        await desk.Desk.CreateCodeAsync("还没有二维码");
        var theirs = (await other.CreateCodeAsync("别家的")).Id();
        await other.AddSlotAsync(theirs, new { imageId = await other.PictureAsync(), name = "别家群", threshold = 9, expiresAt = Desk.Iso(desk.Now.AddHours(1)) });

        await NoticeDesk.WatchAsync(app);

        (await desk.NoticesAsync()).ShouldHaveSingleItem().Text("codeName").ShouldBe("读书会");
        var (mine, foreign) = ((await desk.NoticesAsync())[0], (await other.GetAsync("notices").JsonAsync()).At("items")[0]);
        foreign.Text("codeName").ShouldBe("别家的");
        (await desk.Desk.GetAsync($"notices?codeId={theirs}").JsonAsync()).Number("total").ShouldBe(0);

        // Reading another's notice changes nothing for anybody.
        await other.PostAsync("notices/read", new { ids = (string[])[mine.Id()] }).JsonAsync(HttpStatusCode.NoContent);
        (await desk.Desk.GetAsync("notices").JsonAsync()).Number("unread").ShouldBe(1);
        (await other.GetAsync("notices").JsonAsync()).Number("unread").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Notices_AreReadByEachUserForHimself(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.TellManyAsync(3);
        await desk.Desk.PostAsync("users", new { account = "viewer@example.com", name = "看", role = "viewer", password = "dancing-llama-7" }).JsonAsync(HttpStatusCode.Created);
        var viewer = new Operator(await app.SignInAsync("viewer@example.com", "dancing-llama-7"));
        var ids = (await desk.NoticesAsync()).Select(notice => notice.Id()).ToList();

        await viewer.SendAsync(HttpMethod.Post, "notices/read", new { ids = ids.Take(1) });
        await viewer.SendAsync(HttpMethod.Post, "notices/read", new { ids = ids.Take(1) });

        (await viewer.GetAsync("notices?unread=true")).Number("total").ShouldBe(2);
        (await viewer.GetAsync("notices")).At("items").EnumerateArray().Single(notice => notice.Id() == ids[0]).Flag("read").ShouldBeTrue();
        (await desk.Desk.GetAsync("notices").JsonAsync()).Number("unread").ShouldBe(3);
        await viewer.SendAsync(HttpMethod.Post, "notices/read", new { });
        (await viewer.GetAsync("notices")).Number("unread").ShouldBe(0);
        (await desk.Desk.GetAsync("notices?kind=nonsense").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "kind")).ShouldNotBe(default);
    }
}
