using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Groups.Rules;

/// <summary>关键字踢人 from what a member writes to the log of the console (F106).</summary>
public sealed class KeywordKickTests
{
    [Theory, BothStores]
    public async Task Member_IsRemovedOnce_AndLogged_AndBlacklistedWhenThatIsOn(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.KickForAsync("加微信");
        await desk.World.JoinAsync(desk.Room.Id, "w1");
        await desk.World.JoinAsync(desk.Room.Id, "w2");

        await desk.World.SayAsync(desk.Room.Id, "w1", "大家好");
        await desk.World.SayAsync(desk.Room.Id, "w1", "领资料加 微 信", messageId: "m1");
        await desk.World.SayAsync(desk.Room.Id, "w1", "领资料加 微 信", messageId: "m1");
        await desk.World.SayAsync(desk.Room.Id, "w1", "再说一遍加微信");

        var log = await desk.UntilAsync($"{desk.Rules}/kicks", list => list.Number("total") > 0 && list.At("items")[0].Text("outcome") == "kicked");
        await desk.SettleAsync();
        var hit = log.At("items")[0];
        (log.Number("total"), hit.Text("memberId"), hit.Text("name"), hit.Text("keyword"), hit.Text("text")).ShouldBe((1, "w1", "成员w1", "加微信", "领资料加 微 信"));
        desk.Room.Members.ShouldNotContainKey("w1");
        desk.World.Told.Count(told => told.Type == "room.kick").ShouldBe(1);
        (await desk.Console.GetAsync($"groups/{hit.Text("groupId")}/members?left=true")).At("items")[0].Text("leftHow").ShouldBe("kicked");
        (await desk.Console.GetAsync($"codes/{desk.Code.Id()}/blacklist")).Number("total").ShouldBe(0);

        await desk.Console.PatchAsync($"codes/{desk.Code.Id()}", new { auto = new { blacklist = true } });
        await desk.World.SayAsync(desk.Room.Id, "w2", "我也加微信");
        var list = await desk.UntilAsync($"codes/{desk.Code.Id()}/blacklist", blacklist => blacklist.Number("total") == 1);
        list.At("items")[0].Text("memberId").ShouldBe("w2");
    }

    [Theory, BothStores]
    public async Task Ours_AreSpared_AndNobodyForWhatHeWroteBefore(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        (desk.Room.OwnerId, desk.Room.Members["boss"], desk.Room.Members["admin"]) = ("boss", "群主", "管理员");
        desk.Room.AdminIds.Add("admin");
        desk.App.Clock.Advance(TimeSpan.FromMinutes(11));
        var group = (await desk.Console.GroupsAsync(desk.Code, list => list[0].Number("members") == 5))[0];
        group.Flag("isRobotOwner").ShouldBeFalse();
        await desk.World.JoinAsync(desk.Room.Id, "w1");
        var before = desk.App.Clock.GetUtcNow();
        desk.App.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.SaveAsync(new { keywordKick = new { enabled = true, keywords = new[] { "加微信" } }, staffIds = new[] { "helper" } });

        foreach (var id in (string[])["boss", "admin", "helper", "wxid_a", RoomWorld.Account])
        {
            await desk.World.SayAsync(desk.Room.Id, id, "加微信");
        }

        await desk.World.SayAsync(desk.Room.Id, "w1", "加微信", before);
        await desk.SettleAsync();
        (await desk.Console.GetAsync($"{desk.Rules}/kicks")).Number("total").ShouldBe(0);
        desk.World.Told.ShouldNotContain(told => told.Type == "room.kick");

        // 试运行 says the same, and why; what robots say is none of it.
        var tried = await desk.Console.SendAsync(HttpMethod.Post, $"{desk.Rules}/try-keywords", new { keywords = new[] { "加微信" } });
        (tried.Number("looked"), tried.Number("kicked")).ShouldBe((5, 1));
        tried.At("items").EnumerateArray().Select(item => item.IsNull("exemption") ? "" : item.Text("exemption")).ShouldBe(["", "staff", "staff", "admin", "owner"]);
        (await desk.Console.SendAsync(HttpMethod.Post, $"{desk.Rules}/try-keywords", new { keywords = Array.Empty<string>() })).Number("kicked").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Failure_IsLogged_AndWhoCameBackIsNotRemovedForWhatHeSaidBefore(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.KickForAsync("加微信");
        await desk.World.JoinAsync(desk.Room.Id, "w1");
        desk.World.Instead["room.kick"] = new Queue<object>([new { results = new[] { new { id = "w1", ok = false, code = "NOT_OWNER" } } }]);
        await desk.World.SayAsync(desk.Room.Id, "w1", "加微信");
        var failed = await desk.UntilAsync($"{desk.Rules}/kicks", list => list.Number("total") == 1 && list.At("items")[0].Text("outcome") == "failed");
        failed.At("items")[0].Text("failure").ShouldContain("群主");

        var said = desk.App.Clock.GetUtcNow();
        await desk.World.LeaveAsync(desk.Room.Id, "w1");
        await desk.World.JoinAsync(desk.Room.Id, "w1");
        await desk.World.SayAsync(desk.Room.Id, "w1", "加微信", said);
        await desk.SettleAsync();
        (await desk.Console.GetAsync($"{desk.Rules}/kicks")).Number("total").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task WhatARobotCanNotDo_IsRefusedAndSaid(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store, capabilities: ["room.create", "room.qr", "room.members", "room.send"]);

        var rules = await desk.Console.GetAsync(desk.Rules);
        rules.At("robots")[0].At("lacks").EnumerateArray().Select(word => word.GetString()).ShouldBe(["room.send.image", "room.send.link", "room.kick", "room.announce"]);
        await desk.Console.RefusesAsync(
            HttpMethod.Put, desk.Rules, HttpStatusCode.Conflict, "rules.robot-can-not", new { keywordKick = new { enabled = true, keywords = new[] { "加微信" } } });
        await desk.Console.RefusesAsync(HttpMethod.Post, desk.Announcements, HttpStatusCode.Conflict, "rules.robot-can-not", new { text = "公告", atAll = true });
        await desk.WelcomeAsync(new { type = "text", text = "你好" });
        await desk.AnnounceAsync("不@所有人", atAll: false);
        await desk.UntilAsync(() => desk.Room.Texts().SequenceEqual(["不@所有人"]), "sent as a message");
    }
}
