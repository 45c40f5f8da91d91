using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Groups;

/// <summary>自动建群 from the console to the robot and back (spec E.5 item 8).</summary>
public sealed class GroupLifeTests
{
    private static readonly Dictionary<string, string?> Often = new(StringComparer.Ordinal) { ["Huoma:Groups:LookSeconds"] = "1" };

    [Theory, BothStores]
    public async Task First_AreMadeAndChargedAndShown_AndOneMoreIsMadeWhenTheyRunOut(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 3);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 2, threshold: 6);

        var groups = await console.GroupsAsync(code, list => list.Count == 2 && list.All(group => group.Text("state") is "serving" or "waiting" && group.Number("members") == 3));
        groups.Select(group => (group.Text("name"), group.Text("realName"), group.Number("members"), group.Text("state")))
            .ShouldBe([("进群宝演示群2", "进群宝演示群2", 3, "serving"), ("进群宝演示群3", "进群宝演示群3", 3, "waiting")]);
        (await console.GetAsync("me")).At("quota").Number("groupsLeft").ShouldBe(1);
        var page = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "qr"));

        // …2 fills up; …3 is half full by then, so …4 is made ahead.
        var room = groups[0].Text("roomId");
        foreach (var id in (string[])["w1", "w2", "w3"])
        {
            await world.JoinAsync(room, id);
        }

        groups = await console.GroupsAsync(code, list => list.Count == 3 && list[2].Text("state") == "waiting");
        groups.Select(group => (group.Text("name"), group.Text("state"))).ShouldBe([("进群宝演示群2", "full"), ("进群宝演示群3", "serving"), ("进群宝演示群4", "waiting")]);
        (await console.CountsAsync(code)).Number("joins").ShouldBe(3);
        (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(0);
        (await console.GetAsync("quota")).At("entries").At("items").EnumerateArray().Sum(entry => entry.Number("groups")).ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task UsedUp_IsOffDuty_UntilSomebodyLeavesARecycledGroup(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 1);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 4);
        var room = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "serving"))[0].Text("roomId");
        await world.JoinAsync(room, "w1");
        (await console.GroupsAsync(code, list => list[0].Text("state") == "full"))[0].Number("members").ShouldBe(4);
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).State.ShouldBe("off-duty");

        await world.LeaveAsync(room, "w1");
        (await console.GroupsAsync(code, list => list[0].Number("members") == 3))[0].Text("state").ShouldBe("full", "retired means retired");
        await console.PatchAsync($"codes/{code.Id()}", new { recycle = true });
        await world.JoinAsync(room, "w2");
        await world.LeaveAsync(room, "w2");

        await console.GroupsAsync(code, list => list[0].Text("state") == "serving");
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).State.ShouldBe("qr");
    }

    [Theory, BothStores]
    public async Task Failure_ChargesNothing_AndIsTriedAgainByHand(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Instead["room.create"] = new Queue<object>(["PUPPET_ERROR"]);
        var code = await CreateAutoAsync(console, groups: 2, threshold: 180);

        var groups = await console.GroupsAsync(code, list => list.Count == 2 && list.Any(group => group.Text("state") == "serving"));
        var failed = groups.Single(group => group.Text("state") == "failed");
        failed.Text("failure").ShouldNotBeEmpty();
        (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(4);
        (await console.GetAsync($"codes/{code.Id()}/groups")).Text("obstacle").ShouldBe("failed-group");

        await console.SendAsync(HttpMethod.Post, $"groups/{failed.Id()}/retry");

        await console.GroupsAsync(code, list => list.All(group => group.Text("state") is "serving" or "waiting"));
        (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(3);
        world.Rooms.Values.Select(room => room.Name).ShouldBe(["进群宝演示群2", "进群宝演示群3"], ignoreOrder: true);
    }

    [Theory, BothStores]
    public async Task UnknownOutcome_IsLookedUp_AndNeverMadeTwice(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Rooms["9@chatroom"] = new RoomWorld.Room("9@chatroom", "进群宝演示群2");
        world.Instead["room.create"] = new Queue<object>(["UNKNOWN_OUTCOME"]);

        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);

        (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "serving"))[0].Text("roomId").ShouldBe("9@chatroom");
        (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(4);
        world.Told.Count(told => told.Type == "room.create").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task UnknownOutcome_ThatCanNotBeLookedUp_IsLeftToPeople(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Instead["room.create"] = new Queue<object>(["UNKNOWN_OUTCOME"]);
        world.Instead["room.list"] = new Queue<object>(["PUPPET_ERROR"]);

        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);

        (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "failed"))[0].Text("failure").ShouldContain("核对");
        (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(5);
    }

    [Theory, BothStores]
    public async Task Qr_ThatRanOutOnItsWay_IsNotShown_AndAskedForAgain(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Instead["room.qr"] = new Queue<object>([new { qr = "https://weixin.qq.com/g/old", issuedAt = app.Clock.GetUtcNow().AddDays(-7), expiresAt = app.Clock.GetUtcNow() }]);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        await console.GroupsAsync(code, list => list.Count == 1 && list[0].Number("members") == 3);
        (await console.SlotsAsync(code)).ShouldBeEmpty();

        app.Clock.Advance(TimeSpan.FromMinutes(2));

        await console.GroupsAsync(code, list => list[0].Text("state") == "serving");
    }

    [Theory, BothStores]
    public async Task Names_FollowTheStoredOnes_OnlyWhenAsked(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        var group = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "serving"))[0];

        await console.PatchAsync($"groups/{group.Id()}", new { name = "新名字", memberThreshold = 150 });
        world.Rooms.Values.Single().Name.ShouldBe("进群宝演示群2");
        world.Instead["room.rename"] = new Queue<object>(["PUPPET_ERROR"]);
        (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups/sync-names")).Number("asked").ShouldBe(1);
        await console.GroupsAsync(code, list => !list[0].IsNull("renaming") && list[0].Text("renaming") == "failed");
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups/sync-names");

        var renamed = (await console.GroupsAsync(code, list => list[0].Text("realName") == "新名字"))[0];
        renamed.Number("memberThreshold").ShouldBe(150);
        world.Rooms.Values.Single().Name.ShouldBe("新名字");
        (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups/sync-names")).Number("asked").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Members_AreListedAndKicked_AndFoundAgainAfterLostEvents(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        var group = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Number("members") == 3))[0];
        await world.JoinAsync(group.Text("roomId"), "w1", inviter: "wxid_a");
        await console.GroupsAsync(code, list => list[0].Number("members") == 4);
        var members = (await console.GetAsync($"groups/{group.Id()}/members")).At("items").EnumerateArray().ToList();
        (members[0].Id(), members[0].Text("source"), members[0].Text("inviterName")).ShouldBe(("w1", "member", "种子"));

        await console.SendAsync(HttpMethod.Delete, $"groups/{group.Id()}/members/w1");
        await console.GroupsAsync(code, list => list[0].Number("members") == 3);
        (await console.GetAsync($"groups/{group.Id()}/members?left=true")).At("items")[0].Text("leftHow").ShouldBe("kicked");
        await console.RefusesAsync(HttpMethod.Delete, $"groups/{group.Id()}/members/{RoomWorld.Account}", HttpStatusCode.Conflict, "group.kick-robot");
        await console.RefusesAsync(HttpMethod.Delete, $"groups/{group.Id()}/members/nobody", HttpStatusCode.NotFound, "not-found");

        // Nobody told of these.
        world.Rooms.Values.Single().Members["w2"] = "悄悄来的";
        world.Rooms.Values.Single().Members.Remove("wxid_b");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await console.GroupsAsync(code, list => list[0].Number("members") == 3);
        await console.MembersAsync(group.Id(), ids => ids.SequenceEqual(["w2", "wxid_a", RoomWorld.Account]));
    }

    [Theory, BothStores]
    public async Task Blacklist_RemovesWhoComesBack_UntilHeIsTakenOff(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        await console.PatchAsync($"codes/{code.Id()}", new { auto = new { blacklist = true } });
        var group = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Number("members") == 3))[0];
        var room = group.Text("roomId");
        await world.JoinAsync(room, "w1");
        await console.GroupsAsync(code, list => list[0].Number("members") == 4);

        await console.SendAsync(HttpMethod.Delete, $"groups/{group.Id()}/members/w1");
        await console.GroupsAsync(code, list => list[0].Number("members") == 3);
        var entry = (await console.GetAsync($"codes/{code.Id()}/blacklist")).At("items")[0];
        (entry.Text("memberId"), entry.Text("name"), entry.Text("reason")).ShouldBe(("w1", "成员w1", "kicked"));
        await world.JoinAsync(room, "w1");
        await console.MembersAsync(group.Id(), ids => !ids.Contains("w1") && !world.Rooms[room].Members.ContainsKey("w1"));

        // 同步 unions into the other codes robots build, and only those.
        var other = await console.SendAsync(HttpMethod.Post, "codes", new
        {
            kind = "group",
            building = "auto",
            name = "二",
            remark = "二",
            auto = new { groups = 1, theme = "二群", firstNumber = 1 },
        });
        var manual = await console.CreateCodeAsync();
        (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist/sync")).Number("added").ShouldBe(1);
        (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist/sync")).Number("added").ShouldBe(0);
        (await console.GetAsync($"codes/{other.Id()}/blacklist")).At("items")[0].Text("reason").ShouldBe("synced");
        await console.RefusesAsync(HttpMethod.Get, $"codes/{manual.Id()}/blacklist", HttpStatusCode.Conflict, "blacklist.not-auto");

        // Taken off, he may stay.
        await console.SendAsync(HttpMethod.Delete, $"codes/{code.Id()}/blacklist/{entry.Id()}");
        await world.JoinAsync(room, "w1");
        await console.GroupsAsync(code, list => list[0].Number("members") == 4);
        await world.JoinAsync(room, "w2");
        await console.GroupsAsync(code, list => list[0].Number("members") == 5);
        world.Rooms[room].Members.ShouldContainKey("w1");

        // Put on by hand, who is in is removed, unless it is the robot; import brings what others know.
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist", new { memberId = RoomWorld.Account });
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist", new { memberId = "w2" });
        await console.MembersAsync(group.Id(), ids => !ids.Contains("w2"));
        (await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist/import")).Number("added").ShouldBe(1);
        await console.MembersAsync(group.Id(), ids => !ids.Contains("w1"));
        world.Rooms[room].Members.ShouldContainKey(RoomWorld.Account);
    }

    [Theory, BothStores]
    public async Task Qr_IsRenewed_BeforeItRunsOut(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        var before = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "serving"))[0];

        app.Clock.Advance(TimeSpan.FromDays(5));
        console = new Operator(await app.SignInAsync());

        var after = (await console.GroupsAsync(code, list => list[0].Text("qrUrl") != before.Text("qrUrl")))[0];
        after.Text("qrExpiresAt").ShouldBe("2026-12-04T04:00:00.000Z");
        after.Text("state").ShouldBe("serving");
    }

    [Theory, BothStores]
    public async Task Create_IsRefused_WithoutQuota_AndSettingsAreKeptTo(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        object Body(int groups) => new { kind = "group", building = "auto", name = "群", remark = "注", auto = new { groups, theme = "演示", firstNumber = 1 } };
        await console.RefusesAsync(HttpMethod.Post, "codes", HttpStatusCode.Conflict, "quota.not-enough", Body(1));
        await GrantAsync(console, 2);
        await console.RefusesAsync(HttpMethod.Post, "codes", HttpStatusCode.Conflict, "quota.not-enough", Body(3));
        var code = await console.SendAsync(HttpMethod.Post, "codes", Body(2));

        // Promised to the first, although no robot has made anything yet.
        await console.RefusesAsync(HttpMethod.Post, "codes", HttpStatusCode.Conflict, "quota.not-enough", Body(1));
        await console.RefusesAsync(HttpMethod.Patch, $"codes/{code.Id()}", HttpStatusCode.Conflict, "live-code.auto-immutable", new { auto = new { theme = "别的" } });
        (await console.PatchAsync($"codes/{code.Id()}", new { auto = new { memberThreshold = 100, blacklist = true } })).At("auto").Number("memberThreshold").ShouldBe(100);
        (await console.GetAsync($"codes/{code.Id()}/groups")).Text("obstacle").ShouldBe("no-robot");
        var image = (await console.UploadAsync(Pictures.Groups[0])).Id();
        await console.RefusesAsync(HttpMethod.Post, $"codes/{code.Id()}/slots", HttpStatusCode.Conflict, "live-code.slots-by-robots", new { imageId = image, name = "x" });
        var manual = await console.CreateCodeAsync();
        await console.RefusesAsync(HttpMethod.Get, $"codes/{manual.Id()}/groups", HttpStatusCode.Conflict, "group.not-auto");
        await console.RefusesAsync(HttpMethod.Post, "quota/grants", HttpStatusCode.BadRequest, "input.invalid", new { groups = 3 });
        await console.RefusesAsync(HttpMethod.Post, "quota/grants", HttpStatusCode.Conflict, "quota.grant-out-of-range", new { groups = 0, reason = "x" });
    }

    [Theory, BothStores]
    public async Task Ids_OfAnotherTenant_AreNotThere_AndOnlyThePlatformGrants(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        var code = await CreateAutoAsync(console, groups: 1, threshold: 180);
        var group = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Number("members") == 3))[0];
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = await Desk.OpenOtherTenantAsync(app);

        await other.GetAsync($"codes/{code.Id()}/groups").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"codes/{code.Id()}/groups/sync-names", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PatchAsync($"groups/{group.Id()}", new { name = "x" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.GetAsync($"groups/{group.Id()}/members").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.DeleteAsync($"groups/{group.Id()}/members/wxid_a").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"groups/{group.Id()}/retry", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync("quota/grants", new { groups = 9, reason = "x" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await other.GetAsync("quota").JsonAsync()).Number("groupsLeft").ShouldBe(0);
    }

    internal static Task<JsonElement> CreateAutoAsync(Operator console, int groups, int threshold) => console.SendAsync(HttpMethod.Post, "codes", new
    {
        kind = "group",
        building = "auto",
        name = "演示",
        remark = "演示",
        auto = new { groups, theme = "进群宝演示群", firstNumber = 2, memberThreshold = threshold },
    });

    internal static Task<JsonElement> GrantAsync(Operator console, int groups) => console.SendAsync(HttpMethod.Post, "quota/grants", new { groups, reason = "测试" });
}
