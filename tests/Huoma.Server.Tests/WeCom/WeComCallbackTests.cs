using System.Net;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;

namespace Huoma.Server.Tests.WeCom;

/// <summary>接收消息服务器: who may call back, and what is kept of it.</summary>
public sealed class WeComCallbackTests
{
    private const string Events = "SELECT COUNT(*) FROM robot_inbox WHERE type LIKE 'room.%' AND command_id IS NULL";

    [Theory, BothStores]
    public async Task Verify_EchoesThePlainText_ToWhoKnowsTheToken(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var url = (await desk.Console.GetAsync($"robots/{desk.RobotId}")).Text("wecom.callbackUrl");
        var echo = Callbacks.Encrypt("1616140317555161061");
        using var http = app.CreateClient();

        var answer = await http.GetAsync($"{url}?msg_signature={Callbacks.Sign(echo, "1", "2")}&timestamp=1&nonce=2&echostr={Uri.EscapeDataString(echo)}", TestContext.Current.CancellationToken);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe("1616140317555161061"u8.ToArray());

        // With the plus signs as they are: they come as spaces.
        answer = await http.GetAsync($"{url}?msg_signature={Callbacks.Sign(echo, "1", "2")}&timestamp=1&nonce=2&echostr={echo}", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        answer = await http.GetAsync($"{url}?msg_signature={Callbacks.Sign(echo, "1", "2", "other")}&timestamp=1&nonce=2&echostr={Uri.EscapeDataString(echo)}", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothStores]
    public async Task Forged_IsRefused_AndNothingIsStored(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var xml = Callbacks.Xml(chat, app.Clock.GetUtcNow(), "dismiss");

        // Another token; another key; for another corporation, outside and inside; another robot; no callback at all.
        (await Callbacks.PostAsync(app, desk.RobotId, Callbacks.Encrypt(xml), token: "guessed")).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, Callbacks.Encrypt(xml, key: "AWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"), Callbacks.Token)).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, Callbacks.Encrypt(xml, "wwOTHER"), Callbacks.Token)).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, Callbacks.Xml(chat, app.Clock.GetUtcNow(), "dismiss", corpId: "wwOTHER"))).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, "00000000007", xml)).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, "x", Callbacks.Token, "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><xml><Encrypt>x</Encrypt></xml>")).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, "x", Callbacks.Token, "")).ShouldBe(HttpStatusCode.Forbidden);
        (await Callbacks.PostAsync(app, desk.RobotId, "x", Callbacks.Token, new string('x', 200_000))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        (await desk.ReadAsync(Events)).ShouldBe("0");
        (await desk.ReadAsync("SELECT COUNT(*) FROM wecom_chats")).ShouldBe("0");

        await desk.Console.SendAsync(HttpMethod.Delete, $"robots/{desk.RobotId}");
        (await Callbacks.PostAsync(app, desk.RobotId, xml)).ShouldBe(HttpStatusCode.Forbidden, "a deleted robot hears nothing");
    }

    [Theory, BothStores]
    public async Task SentAgain_IsStoredOnce_AndWhatIsNotOurs_IsAcknowledged(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var joined = Callbacks.Xml(chat, app.Clock.GetUtcNow(), "update", "add_member");
        var encrypted = Callbacks.Encrypt(joined);

        // At once, as after a lost answer; and a replay of the very bytes.
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Callbacks.PostAsync(app, desk.RobotId, joined)));
        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        (await Callbacks.PostAsync(app, desk.RobotId, encrypted, Callbacks.Token)).ShouldBe(HttpStatusCode.OK);
        (await desk.ReadAsync(Events)).ShouldBe("1");

        (await Callbacks.PostAsync(app, desk.RobotId, $"<xml><ToUserName>{FakeWeCom.CorpId}</ToUserName><Event>change_external_contact</Event></xml>")).ShouldBe(HttpStatusCode.OK);
        (await desk.ReadAsync(Events)).ShouldBe("1");
    }

    [Theory, BothStores]
    public async Task JoinsAndLeaves_ReachTheGroup_WithTheirTimesAndHow(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var code = await desk.CreateCodeAsync();
        var group = await desk.LinkAsync(code, chat);
        var state = weCom.JoinWays.Values.Single().GetProperty("state").GetString();

        var joinedAt = desk.Later();
        weCom.Join(chat, "wmOurs", joinedAt, state, unionId: "ozUNION");
        weCom.Join(chat, "wmInvited", joinedAt, scene: 1, invitor: "ZhangSan");
        weCom.Join(chat, "wmOtherQr", joinedAt, "hm0000000000x");
        desk.Later();
        await desk.TellAsync(chat, "update", "add_member");

        await desk.Console.MembersAsync(group.Id(), ids => ids.Count == 4);
        var ours = await desk.MemberAsync(group.Id(), "wmOurs");
        (ours.Text("source"), ours.At("joinedAt").GetDateTimeOffset()).ShouldBe(("robot", joinedAt));
        var invited = await desk.MemberAsync(group.Id(), "wmInvited");
        (invited.Text("source"), invited.Text("inviterId"), invited.Text("inviterName")).ShouldBe(("member", "ZhangSan", "张三"));
        (await desk.MemberAsync(group.Id(), "wmOtherQr")).Text("source").ShouldBe("unknown");
        (await desk.Console.CountsAsync(code)).Number("joins").ShouldBe(3);
        (await desk.ReadAsync("SELECT join_state || ' ' || union_id FROM group_members WHERE member_id = 'wmOurs'")).ShouldBe($"{state} ozUNION");

        desk.Later();
        weCom.Leave(chat, "wmOurs");
        await desk.TellAsync(chat, "update", "del_member", Callbacks.Left("wmOurs", isRemoved: true));

        await desk.Console.MembersAsync(group.Id(), ids => ids.Count == 3);
        (await desk.MemberAsync(group.Id(), "wmOurs", left: true)).Text("leftHow").ShouldBe("kicked");
    }

    [Theory, BothStores]
    public async Task ListsThatLag_AreReadUntilTheyAreAsNewAsTheCallback(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var group = await desk.LinkAsync(await desk.CreateCodeAsync(), chat);

        weCom.Join(chat, "wmLate", desk.Later(), lag: 2);
        await desk.TellAsync(chat, "update", "add_member");
        await Eventually.BeAsync(() => Task.FromResult(desk.Later()), _ => chat.Lag == 0);
        await Eventually.BeAsync(async () => { desk.Later(); return await desk.Console.GetAsync($"groups/{group.Id()}/members"); }, list => list.Number("total") == 2);

        (await desk.ReadAsync("SELECT COUNT(*) FROM wecom_chats WHERE wanted_version IS NOT NULL")).ShouldBe("0");
    }

    [Theory, BothStores]
    public async Task OutOfOrderAndLost_AreMadeUpFor_ByTheList(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await WeComDesk.OpenAsync(app, weCom);
        var chat = weCom.AddChat("wrA", "护肤群");
        var group = await desk.LinkAsync(await desk.CreateCodeAsync(), chat);
        weCom.Join(chat, "wmA", desk.Later());
        var joined = Callbacks.Xml(chat, app.Clock.GetUtcNow(), "update", "add_member");
        desk.Later();
        weCom.Leave(chat, "wmA");
        weCom.Join(chat, "wmB", desk.Later());

        // The leave comes first, the join a day late; wmB's join never.
        await desk.TellAsync(chat, "update", "del_member", Callbacks.Left("wmA"));
        await desk.Console.MembersAsync(group.Id(), ids => ids.SequenceEqual(["ZhangSan", "wmB"]));
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await Callbacks.PostAsync(app, desk.RobotId, joined)).ShouldBe(HttpStatusCode.OK);
        chat.Name = "护肤群（改名）";

        await desk.UntilAsync(robot => robot.Number("commands.waiting") + robot.Number("commands.underWay") == 0 || desk.Later() != default);
        await desk.Console.GroupsAsync(await desk.Console.GetAsync($"codes/{group.Text("codeId")}"), list => { desk.Later(); return list[0].Text("name") == "护肤群（改名）"; });
        await desk.Console.MembersAsync(group.Id(), ids => ids.SequenceEqual(["ZhangSan", "wmB"]));
    }
}
