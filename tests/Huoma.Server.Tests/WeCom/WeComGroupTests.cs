using System.Net;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;
using Huoma.Server.WeCom.JoinWays;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.WeCom;

/// <summary>Customer groups under a code: their QR, their members, their end.</summary>
public sealed class WeComGroupTests
{
    [Theory, BothStores]
    public async Task Linked_IsShownByItsJoinWay_AndTheNextOneFollowsWhenItIsFull(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var (one, two) = (weCom.AddChat("wrA", "护肤一群"), weCom.AddChat("wrB", "护肤二群"));
        var code = await desk.CreateCodeAsync(threshold: 3);
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).State.ShouldBe("off-duty");

        var first = await desk.LinkAsync(code, one);
        var second = await desk.LinkAsync(code, two);

        first.ShouldSatisfyAllConditions(
            group => group.Text("name").ShouldBe("护肤一群"),
            group => group.Text("realName").ShouldBe("护肤一群"),
            group => group.Flag("linked").ShouldBeTrue(),
            group => group.IsNull("qrExpiresAt").ShouldBeTrue(),
            group => group.Text("roomId").ShouldBe("wrA"));
        (first.Number("number"), second.Number("number")).ShouldBe((1, 2));
        var way = weCom.JoinWays.Values.Single(made => made.GetProperty("chat_id_list")[0].GetString() == "wrA");
        (way.GetProperty("state").GetString(), way.GetProperty("auto_create_room").GetInt32(), way.GetProperty("scene").GetInt32()).ShouldBe(($"hm{first.Id()}", 0, 2));
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).Slot.ShouldNotBeEmpty();
        (await desk.Console.GetAsync("quota")).Number("groupsLeft").ShouldBe(0, "nobody is charged");

        weCom.Join(one, "wmA", desk.Later());
        weCom.Join(one, "wmB", desk.Later());
        await desk.TellAsync(one, "update", "add_member");

        var groups = await desk.Console.GroupsAsync(code, list => list[0].Text("state") == "full");
        groups[1].Text("state").ShouldBe("serving");
        groups.Count.ShouldBe(2, "no robot makes more");
        (await desk.Console.GetAsync($"codes/{code.Id()}/groups")).IsNull("obstacle").ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task Link_RefusesWhatIsNotThere_OrIsTaken(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var code = await desk.CreateCodeAsync();
        var other = await desk.CreateCodeAsync();
        var byHand = await desk.Console.CreateCodeAsync();
        await desk.LinkAsync(code, chat);
        var console = desk.Console;

        await console.RefusesAsync(HttpMethod.Post, $"codes/{other.Id()}/groups", HttpStatusCode.Conflict, "group.linked-already", new { robotId = desk.RobotId, roomId = "wrA" });
        await console.RefusesAsync(HttpMethod.Post, $"codes/{other.Id()}/groups", HttpStatusCode.Conflict, "group.no-such-room", new { robotId = desk.RobotId, roomId = "wrX" });
        await console.RefusesAsync(HttpMethod.Post, $"codes/{byHand.Id()}/groups", HttpStatusCode.Conflict, "group.not-auto", new { robotId = desk.RobotId, roomId = "wrA" });
        await console.RefusesAsync(HttpMethod.Post, $"codes/{other.Id()}/groups", HttpStatusCode.NotFound, "not-found", new { robotId = "00000000007", roomId = "wrA" });
        await console.RefusesAsync(HttpMethod.Post, $"codes/{other.Id()}/groups", HttpStatusCode.BadRequest, "input.invalid", new { });
        var listed = (await console.GetAsync($"robots/{desk.RobotId}/customer-groups")).At("items")[0];
        (listed.Text("codeId"), listed.Text("name"), listed.Number("members")).ShouldBe((code.Id(), "护肤群", 1));
    }

    [Theory, BothStores]
    public async Task Link_TakesAGroupOnce_WhoeverAsksAtTheSameTime(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        weCom.AddChat("wrA", "护肤群");
        await desk.Console.SendAsync(HttpMethod.Post, $"robots/{desk.RobotId}/customer-groups/refresh");
        var codes = new List<string>();
        for (var at = 0; at < 4; at++)
        {
            codes.Add((await desk.CreateCodeAsync()).Id());
        }

        var body = new { robotId = desk.RobotId, roomId = "wrA" };
        var answers = await Task.WhenAll(codes.Select(id => desk.Console.Http.PostAsync($"/api/v1/codes/{id}/groups", System.Net.Http.Json.JsonContent.Create(body), TestContext.Current.CancellationToken)));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict]);
    }

    [Theory, BothStores]
    public async Task Unlinked_IsShownNoMore_ItsJoinWayIsSwept_AndItMayComeUnderAnotherCode(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var code = await desk.CreateCodeAsync();
        var group = await desk.LinkAsync(code, chat);
        var sweep = app.Services.GetRequiredService<SweepJoinWays>();
        app.Clock.Advance(TimeSpan.FromHours(2));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        weCom.JoinWays.Count.ShouldBe(1, "it is shown");

        var removed = await desk.Console.SendAsync(HttpMethod.Post, $"groups/{group.Id()}/unlink");

        (removed.Text("state"), removed.IsNull("roomId")).ShouldBe(("dismissed", true));
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).State.ShouldBe("off-duty");
        await desk.Console.RefusesAsync(HttpMethod.Post, $"groups/{group.Id()}/unlink", HttpStatusCode.Conflict, "group.not-linked");
        await desk.Console.RefusesAsync(HttpMethod.Patch, $"groups/{group.Id()}", HttpStatusCode.Conflict, "group.linked-name", new { name = "我来改名" });
        var other = await desk.CreateCodeAsync();
        var again = await desk.LinkAsync(other, chat);
        var way = weCom.JoinWays.ShouldHaveSingleItem().Value;
        way.GetProperty("state").GetString().ShouldBe($"hm{again.Id()}", "the same join way, telling the new group");

        await desk.Console.SendAsync(HttpMethod.Post, $"groups/{again.Id()}/unlink");
        weCom.Fail("del_join_way", -1);
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        weCom.JoinWays.Count.ShouldBe(1, "it is new");
        app.Clock.Advance(TimeSpan.FromHours(2));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        weCom.JoinWays.Count.ShouldBe(1, "the platform was busy");
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        weCom.JoinWays.ShouldBeEmpty();
        (await desk.ReadAsync("SELECT COUNT(*) FROM wecom_join_ways")).ShouldBe("0");
    }

    [Theory, BothStores]
    public async Task Dissolved_IsShownNoMore(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var code = await desk.CreateCodeAsync();
        await desk.LinkAsync(code, chat);
        desk.Later();

        await desk.TellAsync(chat, "dismiss");

        await desk.Console.GroupsAsync(code, list => list[0].Text("state") == "dismissed");
        (await new Phone(app.Visitor()).ScanAsync(code.Text("key"))).State.ShouldBe("off-duty");
    }

    [Theory, BothStores]
    public async Task BusyAndLimited_AreTriedAgain_AndAJoinWaySomebodyDeleted_IsMadeAnew(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var code = await desk.CreateCodeAsync();
        await desk.Console.SendAsync(HttpMethod.Post, $"robots/{desk.RobotId}/customer-groups/refresh");
        weCom.Fail("add_join_way", -1, 45009);
        weCom.Fail("get", 45033);

        await desk.Console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups", new { robotId = desk.RobotId, roomId = chat.Id });
        await Eventually.BeAsync(async () => { desk.Later(10); return await desk.Console.GetAsync($"codes/{code.Id()}/groups"); }, groups => groups.At("items")[0].Text("state") == "serving");

        weCom.JoinWays.Count.ShouldBe(1);
        var slot = (await desk.Console.SlotsAsync(code)).Single().Text("imageUrl");

        // After four and a half days it is looked at again: it is gone.
        weCom.JoinWays.Clear();
        app.Clock.Advance(TimeSpan.FromDays(5));
        await Eventually.BeAsync(async () => { desk.Later(10); return await desk.Console.SlotsAsync(code); }, slots => slots.Single().Text("imageUrl") != slot);
        weCom.JoinWays.Count.ShouldBe(1);
    }
}
