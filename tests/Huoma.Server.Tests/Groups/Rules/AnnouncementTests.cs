using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Groups.Rules;

/// <summary>群公告 from the console to every group (F100, F101).</summary>
public sealed class AnnouncementTests
{
    private static readonly object Link = new { type = "link", title = "直播间", url = "https://example.com/live" };

    [Theory, BothStores]
    public async Task Announcement_ReachesEveryGroupAtOnce_WithItsAttachments(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store, groups: 2);

        var made = await desk.AnnounceAsync("今晚八点直播，{群名字}的朋友都来", atAll: true, new { type = "text", text = "记得来" }, Link);

        (made.Text("createdBy"), made.At("counts").Number("waiting")).ShouldBe(("管理员", 2));
        await desk.UntilAsync($"announcements/{made.Id()}", shown => All(shown, "sent", 2));
        desk.World.Rooms.Values.SelectMany(room => room.Announcements).ShouldBe(["今晚八点直播，演示群1的朋友都来", "今晚八点直播，演示群2的朋友都来"], ignoreOrder: true);
        desk.World.Rooms.Values.ShouldAllBe(room => room.Messages.Count == 1 && room.Messages[0].GetArrayLength() == 2);
        var listed = (await desk.Console.GetAsync(desk.Announcements)).At("items")[0];
        (listed.Text("text"), listed.At("counts").Number("sent"), listed.At("attachments").GetArrayLength()).ShouldBe(("今晚八点直播，{群名字}的朋友都来", 2, 2));
        (await desk.Console.GetAsync($"codes/{desk.Code.Id()}/history")).At("items")[0].At("subject").Text("kind").ShouldBe("announcement");
    }

    [Theory, BothStores]
    public async Task Failed_AreTriedAgain_WhereTheyStopped_AndTheOthersLeftAlone(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store, groups: 3);
        desk.World.Instead["room.announce"] = new Queue<object>(["NOT_OWNER", "UNKNOWN_OUTCOME"]);
        desk.World.Instead["room.send"] = new Queue<object>([new RoomWorld.Partly("ROBOT_OFFLINE", 1)]);
        var made = await desk.AnnounceAsync("今晚八点", atAll: true, new { type = "text", text = "记得来" }, Link);

        var shown = await desk.UntilAsync($"announcements/{made.Id()}", answer => answer.At("announcement").At("counts").Number("waiting") == 0);
        var deliveries = shown.At("deliveries").EnumerateArray().ToList();
        deliveries.Select(one => (one.Text("state"), one.Number("sent"))).ShouldBe([("failed", 0), ("unknown", 0), ("failed", 2)], ignoreOrder: true);
        deliveries.Single(one => one.Text("state") == "failed" && one.Number("sent") == 0).Text("failure").ShouldContain("群主");

        (await desk.Console.SendAsync(HttpMethod.Post, $"announcements/{made.Id()}/retry")).Number("asked").ShouldBe(2);
        await desk.UntilAsync($"announcements/{made.Id()}", answer => answer.At("announcement").At("counts").Number("sent") == 2);
        desk.World.Told.Count(told => told.Type == "room.announce").ShouldBe(4, "three at first, and the one that failed");
        var sent = desk.World.Told.Where(told => told.Type == "room.send").Select(told => told.Data.At("parts").GetArrayLength()).ToList();
        sent.ShouldBe([2, 1, 2], ignoreOrder: true);
        (await desk.Console.SendAsync(HttpMethod.Post, $"announcements/{made.Id()}/retry")).Number("asked").ShouldBe(0, "unknown is not tried again");
    }

    [Theory, BothStores]
    public async Task Announcement_IsChecked_AndBelongsToItsTenant(Store store)
    {
        await using var desk = await RuleDesk.OpenAsync(store);
        Task Refused(object body, HttpStatusCode status = HttpStatusCode.BadRequest, string code = "input.invalid") =>
            desk.Console.RefusesAsync(HttpMethod.Post, desk.Announcements, status, code, body);
        await Refused(new { text = " " });
        await Refused(new { text = "公告", attachments = new[] { Link, Link, Link } });
        await Refused(new { text = "公告", attachments = new[] { new { type = "link", title = "x", url = "ftp://example.com" } } });
        await Refused(new { text = "欢迎 @{群新人}" });
        var manual = await desk.Console.CreateCodeAsync();
        await desk.Console.RefusesAsync(HttpMethod.Post, $"codes/{manual.Id()}/announcements", HttpStatusCode.Conflict, "rules.not-auto", new { text = "公告" });
        await desk.Console.RefusesAsync(HttpMethod.Get, $"codes/{manual.Id()}/announcements", HttpStatusCode.Conflict, "rules.not-auto");
        var made = await desk.AnnounceAsync("公告", atAll: false);
        desk.App.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = await Desk.OpenOtherTenantAsync(desk.App);

        await other.GetAsync($"announcements/{made.Id()}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"announcements/{made.Id()}/retry", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.GetAsync(desk.Announcements).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.GetAsync(desk.Rules).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.GetAsync($"{desk.Rules}/kicks").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"{desk.Rules}/try-keywords", new { keywords = new[] { "x" } }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory, BothStores]
    public async Task TwoProcesses_SendNothingTwice(Store store)
    {
        Assert.SkipWhen(store == Store.Sqlite, "one process on SQLite");
        await using var desk = await RuleDesk.OpenAsync(store);
        await using var second = desk.App.StartAnother();
        await desk.WelcomeAsync(new { type = "text", text = "欢迎" });

        for (var round = 0; round < 5; round++)
        {
            await desk.World.JoinAsync(desk.Room.Id, $"w{round}");
        }

        await desk.UntilAsync(() => desk.Room.Messages.Count == 1, "welcomed");
        var made = await desk.AnnounceAsync("公告", atAll: true);
        await desk.UntilAsync($"announcements/{made.Id()}", shown => All(shown, "sent", 1));
        await desk.SettleAsync();
        (desk.Room.Texts().Count, desk.Room.Announcements.Count).ShouldBe((1, 1));
    }

    private static bool All(JsonElement shown, string state, int count) =>
        shown.At("deliveries").EnumerateArray().Count(one => one.Text("state") == state) == count && shown.At("deliveries").GetArrayLength() == count;
}
