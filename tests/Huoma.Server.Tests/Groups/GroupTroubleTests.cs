using System.Text.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Campaigns;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Groups;

/// <summary>What is told of robots, their groups and the balance, and remembered of who did what to them.</summary>
public sealed class GroupTroubleTests
{
    private static readonly Dictionary<string, string?> Often = new(StringComparer.Ordinal) { ["Huoma:Groups:LookSeconds"] = "1" };

    [Theory, BothStores]
    public async Task Robot_IsToldOfOnce_WhenItIsOfflineForLong(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        var desk = await NoticeDesk.OpenAsync(app);
        var world = await RoomWorld.ConnectAsync(app, console);
        await desk.Desk.PostAsync("notice-channels", new { kind = "wecom", name = "运营群", url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k" }).JsonAsync(System.Net.HttpStatusCode.Created);
        await NoticeDesk.WatchAsync(app);
        (await desk.KindsAsync()).ShouldBeEmpty();

        // The server hears of it before the clock goes on: a session that is still alive then would have been seen later.
        await world.DisposeAsync();
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        await CampaignWorld.UntilAsync(async () => await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM robot_states WHERE session_id IS NOT NULL") == 0);
        await desk.PassAsync(TimeSpan.FromMinutes(4));
        var tooEarly = await desk.KindsAsync();
        await desk.PassAsync(TimeSpan.FromMinutes(3));
        await desk.PassAsync(TimeSpan.FromHours(30));

        tooEarly.ShouldBeEmpty();
        var told = (await desk.NoticesAsync()).ShouldHaveSingleItem();
        (told.Text("kind"), told.Text("about"), told.Text("codeName"), told.Text("robotId")).ShouldBe(("robot-offline", "robot", "小助手", world.RobotId));
        told.IsNull("codeId").ShouldBeTrue();
        var alert = (await (await desk.ConsoleAsync()).GetAsync("overview")).At("alerts").EnumerateArray().ShouldHaveSingleItem();
        (alert.Text("kind"), alert.Text("name"), alert.Text("robotId")).ShouldBe(("robot-offline", "小助手", world.RobotId));
        var channel = (await (await desk.ConsoleAsync()).GetAsync("notice-channels")).At("items")[0];
        (await desk.DeliveriesAsync(channel)).ShouldHaveSingleItem().Text("kind").ShouldBe("robot-offline");
    }

    [Theory, BothStores]
    public async Task FailedGroupAndLowBalance_AreTold(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        var desk = await NoticeDesk.OpenAsync(app);
        await GroupLifeTests.GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Instead["room.create"] = new Queue<object>(["PUPPET_ERROR"]);
        var code = await GroupLifeTests.CreateAutoAsync(console, groups: 1, threshold: 180);
        await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "failed");

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.WatchAsync(app);

        var told = await desk.NoticesAsync();
        told.Select(notice => notice.Text("kind")).ShouldBe(["group-failed", "quota-low"], ignoreOrder: true);
        var failed = told.Single(notice => notice.Text("kind") == "group-failed");
        (failed.Text("codeId"), failed.Text("slotName"), failed.Text("about")).ShouldBe((code.Id(), "进群宝演示群2", "groups"));
        failed.Text("detail").ShouldNotBeEmpty();
        told.Single(notice => notice.Text("kind") == "quota-low").Number("placesLeft").ShouldBe(5);
        (await console.GetAsync("overview")).At("alerts").GetArrayLength().ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task WhatPeopleDo_IsRemembered(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Often);
        var console = new Operator(await app.SignInAsync());
        await GroupLifeTests.GrantAsync(console, 5);
        await using var world = await RoomWorld.ConnectAsync(app, console);
        world.Instead["room.create"] = new Queue<object>(["PUPPET_ERROR"]);
        var code = await GroupLifeTests.CreateAutoAsync(console, groups: 1, threshold: 180);
        var group = (await console.GroupsAsync(code, list => list.Count == 1 && list[0].Text("state") == "failed"))[0].Id();
        await console.SendAsync(HttpMethod.Post, $"groups/{group}/retry");
        var room = (await console.GroupsAsync(code, list => list[0].Text("state") == "serving" && list[0].Number("members") == 3))[0].Text("roomId");
        await world.JoinAsync(room, "w1");
        await console.MembersAsync(group, members => members.Contains("w1"));

        await console.PatchAsync($"groups/{group}", new { name = "新名字", memberThreshold = 150 });
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups/sync-names");
        await console.SendAsync(HttpMethod.Delete, $"groups/{group}/members/w1");
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/blacklist", new { memberId = "w9", name = "捣乱者" });
        var entry = (await console.GetAsync($"codes/{code.Id()}/blacklist")).At("items").EnumerateArray().First(row => row.Text("memberId") == "w9");
        await console.SendAsync(HttpMethod.Delete, $"codes/{code.Id()}/blacklist/{entry.Id()}");

        var history = (await console.GetAsync($"codes/{code.Id()}/history?pageSize=100")).At("items").EnumerateArray().Where(row => row.Text("actor.name") == "管理员").ToList();
        var deeds = history.ConvertAll(row => (row.Text("subject.kind"), row.Text("action")));
        deeds.ShouldContain(("group", "retried"));
        deeds.ShouldContain(("group", "edited"));
        deeds.ShouldContain(("group", "name-synced"));
        deeds.ShouldContain(("group", "kicked"));
        deeds.ShouldContain(("blacklist", "created"));
        deeds.ShouldContain(("blacklist", "deleted"));
        Fields(history, "edited", "group").ShouldBe(["memberThreshold", "name"]);
        var grant = (await console.GetAsync("audit-log?subject=quota")).At("items").EnumerateArray().ShouldHaveSingleItem();
        grant.At("changes")[0].Number("new").ShouldBe(5);
    }

    private static IEnumerable<string> Fields(List<JsonElement> history, string action, string kind) =>
        history.Single(row => row.Text("action") == action && row.Text("subject.kind") == kind).At("changes").EnumerateArray().Select(change => change.Text("field")).Order();
}
