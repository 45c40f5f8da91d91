using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Groups.Rules;

/// <summary>入群欢迎语 and 图片提醒 from the console to the group (F102–F105, spec E.5 item 9).</summary>
public sealed class WelcomeTests
{
    private static readonly object Hello = new { type = "text", text = "@{群新人} 欢迎加入{群名字}" };

    [Theory, BothStores]
    public async Task Newcomers_AreWelcomedOnceAnInterval(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.WelcomeAsync(Hello);
        var start = desk.App.Clock.GetUtcNow();

        foreach (var (id, second) in new[] { ("w1", 0.0), ("w2", 3), ("w3", 9.9), ("w4", 10.1) })
        {
            await JoinAsync(desk, id, start.AddSeconds(second));
        }

        await desk.UntilAsync(() => desk.Room.Messages.Count == 2, "two welcomes");
        await desk.SettleAsync();
        desk.Room.Texts().ShouldBe(["@{w1} 欢迎加入演示群1", "@{w4} 欢迎加入演示群1"]);
        desk.Room.Messages.Select(parts => parts[0].At("mentionIds")[0].GetString()).ShouldBe(["w1", "w4"]);
    }

    [Theory, BothStores]
    public async Task EachGroup_HasAnIntervalOfItsOwn_AndPicturesAreNamedByTheServersAddress(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store, groups: 2);
        var image = await desk.Console.UploadAsync(Pictures.Groups[0], "poster");
        await desk.WelcomeAsync(Hello, new { type = "image", imageId = image.Id() }, new { type = "link", title = "福利", url = "https://example.com/a" });

        await desk.World.JoinAsync("1@chatroom", "w1");
        await desk.World.JoinAsync("2@chatroom", "w2");

        await desk.UntilAsync(() => desk.World.Rooms.Values.All(room => room.Messages.Count == 1), "a welcome in each group");
        var parts = desk.Room.Messages[0].EnumerateArray().ToList();
        parts.Select(part => part.Text("type")).ShouldBe(["text", "image", "link"]);
        parts[1].Text("url").ShouldBe($"http://localhost{image.Text("url")}");
        (parts[2].Text("title"), parts[2].Text("url")).ShouldBe(("福利", "https://example.com/a"));
    }

    [Theory, BothStores]
    public async Task WhatIsLate_IsNotWelcomed(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.WelcomeAsync(Hello);
        var now = desk.App.Clock.GetUtcNow();

        // The robot was away: it tells of this one too late, and of the next not at all.
        desk.App.Clock.Advance(TimeSpan.FromMinutes(5));
        await JoinAsync(desk, "w1", now.AddMinutes(1));
        await desk.Console.GroupsAsync(desk.Code, list => list[0].Number("members") == 4);
        desk.Room.Members["w2"] = "悄悄来的";
        desk.App.Clock.Advance(TimeSpan.FromMinutes(6));
        await desk.Console.GroupsAsync(desk.Code, list => list[0].Number("members") == 5);
        await desk.SettleAsync();
        desk.Room.Messages.ShouldBeEmpty();

        await JoinAsync(desk, "w3", desk.App.Clock.GetUtcNow());
        await desk.UntilAsync(() => desk.Room.Messages.Count == 1, "who joins now is welcomed");
    }

    [Theory, BothStores]
    public async Task RepeatedEvent_WelcomesOnce_AndWhoIsNotNamedIsFoundInTheList(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.SaveAsync(new { welcome = new { enabled = true, intervalSeconds = 0, messages = new[] { Hello } } });
        var event1 = Guid.NewGuid();
        await JoinAsync(desk, "w1", desk.App.Clock.GetUtcNow(), event1);
        await JoinAsync(desk, "w1", desk.App.Clock.GetUtcNow(), event1);
        await JoinAsync(desk, "w1", desk.App.Clock.GetUtcNow().AddMilliseconds(1));
        await desk.UntilAsync(() => desk.Room.Messages.Count == 1, "welcomed");
        await desk.SettleAsync();
        desk.Room.Messages.Count.ShouldBe(1);

        desk.App.Clock.Advance(TimeSpan.FromSeconds(1));
        desk.Room.Members["w2"] = "不知道是谁";
        await desk.World.ReportAsync("room.memberJoined", new
        {
            roomId = desk.Room.Id,
            members = Array.Empty<object>(),
            inviterId = (string?)null,
            scene = "unknown",
            at = desk.App.Clock.GetUtcNow(),
            needResync = true,
        });
        await desk.UntilAsync(() => desk.Room.Messages.Count == 2, "the list told who it was");
        desk.Room.Texts()[1].ShouldStartWith("@{w2}");
    }

    [Theory, BothStores]
    public async Task Blacklisted_AreRemovedAndNotWelcomed(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.WelcomeAsync(Hello);
        await desk.Console.PatchAsync($"codes/{desk.Code.Id()}", new { auto = new { blacklist = true } });
        await desk.Console.SendAsync(HttpMethod.Post, $"codes/{desk.Code.Id()}/blacklist", new { memberId = "w1" });

        await desk.World.JoinAsync(desk.Room.Id, "w1");
        await desk.UntilAsync(() => !desk.Room.Members.ContainsKey("w1"), "removed");
        await desk.World.JoinAsync(desk.Room.Id, "w2");

        await desk.UntilAsync(() => desk.Room.Messages.Count == 1, "the next one is welcomed");
        desk.Room.Texts()[0].ShouldStartWith("@{w2}");
    }

    [Theory, BothStores]
    public async Task Pictures_AreRemindedOfOnceAnInterval_OursNever(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        await desk.SaveAsync(new { imageReminder = new { enabled = true, intervalSeconds = 10, text = "请不要发图片" }, staffIds = new[] { "helper" } });
        var start = desk.App.Clock.GetUtcNow();
        desk.App.Clock.Advance(TimeSpan.FromSeconds(30));

        await desk.World.SayAsync(desk.Room.Id, "wxid_a", null, start);
        await desk.World.SayAsync(desk.Room.Id, "helper", null, start);
        await desk.World.SayAsync(desk.Room.Id, RoomWorld.Account, null, start);
        await desk.World.SayAsync(desk.Room.Id, "w1", "文字", start);
        await desk.World.SayAsync(desk.Room.Id, "w1", null, start.AddSeconds(1));
        await desk.World.SayAsync(desk.Room.Id, "w1", null, start.AddSeconds(10.9));
        await desk.World.SayAsync(desk.Room.Id, "w2", null, start.AddSeconds(11));

        await desk.UntilAsync(() => desk.Room.Messages.Count == 2, "two reminders");
        await desk.SettleAsync();
        desk.Room.Texts().ShouldBe(["请不要发图片", "请不要发图片"]);
        (await desk.Console.GetAsync(desk.Rules)).At("staff")[0].Id().ShouldBe("helper");
    }

    [Theory, BothStores]
    public async Task Rules_AreChecked_FieldByField(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        async Task<JsonElement> Refused(object rules, HttpStatusCode status = HttpStatusCode.BadRequest, string code = "input.invalid") =>
            await desk.Console.RefusesAsync(HttpMethod.Put, desk.Rules, status, code, rules);
        object Welcome(params object[] messages) => new { welcome = new { enabled = true, intervalSeconds = 10, messages } };

        (await Refused(Welcome(new { type = "text", text = "欢迎 {昵称}" }))).At("errors").GetProperty("welcome.messages[0].text")[0].GetString()!.ShouldContain("{昵称}");
        await Refused(Welcome(Hello, Hello, Hello, Hello));
        await Refused(Welcome(new { type = "link", title = "x", url = "javascript:alert(1)" }));
        await Refused(Welcome(new { type = "image", imageId = "2Qk9Zx7Lm0B" }));
        await Refused(Welcome(new { text = "没有类型" }));
        await Refused(new { welcome = new { enabled = true, intervalSeconds = 3601, messages = new[] { Hello } } });
        await Refused(new { keywordKick = new { enabled = true, keywords = new[] { "  " } } });
        await Refused(Welcome(), HttpStatusCode.Conflict, "rules.welcome-empty");
        var manual = await desk.Console.CreateCodeAsync();
        await desk.Console.RefusesAsync(HttpMethod.Put, $"codes/{manual.Id()}/rules", HttpStatusCode.Conflict, "rules.not-auto", new { });
        await desk.Console.RefusesAsync(HttpMethod.Get, $"codes/{manual.Id()}/rules", HttpStatusCode.Conflict, "rules.not-auto");

        var saved = await desk.SaveAsync(new { welcome = new { enabled = true, messages = new[] { Hello } }, keywordKick = new { enabled = false, keywords = new[] { "ＶＸ", "vx", "兼职" } } });
        saved.At("welcome").Number("intervalSeconds").ShouldBe(10);
        saved.At("keywordKick").At("keywords").EnumerateArray().Select(word => word.GetString()).ShouldBe(["ＶＸ", "兼职"]);
        (await desk.Console.GetAsync(desk.Rules)).ToString().ShouldBe(saved.ToString());
        var change = (await desk.Console.GetAsync($"codes/{desk.Code.Id()}/history")).At("items")[0];
        change.At("subject").Text("kind").ShouldBe("group-rules");
        change.At("changes").EnumerateArray().Select(field => field.Text("field")).ShouldBe(["welcome.enabled", "welcome.messages", "keywordKick.keywords"]);
        (await desk.SaveAsync(new { })).At("welcome").Flag("enabled").ShouldBeFalse("a whole object: what is missing is off");
    }

    private static Task JoinAsync(RuleDesk desk, string id, DateTimeOffset at, Guid? eventId = null)
    {
        if (at > desk.App.Clock.GetUtcNow())
        {
            desk.App.Clock.Advance(at - desk.App.Clock.GetUtcNow());
        }

        desk.Room.Members[id] = $"成员{id}";
        var members = new[] { new { id, name = $"成员{id}", roomAlias = (string?)null, avatar = (string?)null, inviterId = RoomWorld.Account } };
        return desk.World.ReportAsync(
            "room.memberJoined", new { roomId = desk.Room.Id, members, inviterId = RoomWorld.Account, scene = "robot", at, needResync = false }, eventId);
    }
}
