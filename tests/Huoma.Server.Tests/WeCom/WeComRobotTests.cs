using System.Net;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Huoma.Server.Tests.Robots;
using Huoma.Server.WeCom;

namespace Huoma.Server.Tests.WeCom;

/// <summary>A robot of 企业微信 at the console, and how it gets along with the API.</summary>
public sealed class WeComRobotTests
{
    [Theory, BothStores]
    public async Task Create_NeedsTheApp_AndNeverShowsItsSecrets(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var desk = await Desk.OpenAsync(app);
        await desk.PostAsync("robots", new { name = "企微", driver = "wecom" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "wecom.secret");
        var wrong = new { corpId = "企业", secret = "a b", callbackToken = new string('a', 33), encodingAesKey = "short" };
        var problem = await desk.PostAsync("robots", new { name = "企微", driver = "wecom", wecom = wrong }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "wecom.encodingAesKey");
        problem.GetProperty("errors").EnumerateObject().Count().ShouldBe(4);

        var robot = await WeComDesk.OpenAsync(app, weCom);

        var shown = await robot.Console.GetAsync($"robots/{robot.RobotId}");
        (shown.Text("wecom.corpId"), shown.Text("driver"), shown.Flag("online"), shown.Flag("enabled")).ShouldBe((FakeWeCom.CorpId, "wecom", true, true));
        shown.Text("wecom.callbackUrl").ShouldEndWith($"/wecom/callback/{robot.RobotId}");
        shown.At("capabilities").EnumerateArray().Select(word => word.GetString()).ShouldBe(["robot.status", "room.qr", "room.members"]);
        var answers = shown + (await robot.Console.GetAsync("robots")).ToString() + await robot.Console.GetAsync("audit-log") + await robot.Console.GetAsync($"robots/{robot.RobotId}/commands");
        answers.ShouldNotContain(FakeWeCom.Secret);
        answers.ShouldNotContain(Callbacks.AesKey);
        answers.ShouldNotContain(Callbacks.Token);
        (await robot.ReadAsync("SELECT sealed_app FROM robots WHERE driver = 2")).ShouldNotContain(FakeWeCom.Secret);
        await desk.PostAsync($"robots/{robot.RobotId}/token", new { }).ProblemAsync(HttpStatusCode.Conflict, "robot.no-token");
        (await robot.Console.GetAsync($"robots/{robot.RobotId}/commands")).Texts("type").ShouldNotContain("contact.list");
    }

    [Theory, BothStores]
    public async Task WrongSecret_IsSaid_AndANewOneHelps(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var robot = await WeComDesk.OpenAsync(app, weCom);
        weCom.GoodSecret = "the-new-secret";
        weCom.ExpireToken();
        var chat = weCom.AddChat("wrA", "护肤群");

        await robot.Console.Http.PostAsync($"/api/v1/robots/{robot.RobotId}/customer-groups/refresh", null, TestContext.Current.CancellationToken)
            .ProblemAsync(HttpStatusCode.Conflict, "wecom.secret");
        await robot.Console.PatchAsync($"robots/{robot.RobotId}", new { name = "企微二号", wecom = new { secret = "wrong-again" } });
        (await robot.UntilAsync(shown => shown.Text("login.state") == "offline" && !shown.IsNull("lastError"))).Text("lastError.message").ShouldContain("Secret");

        await robot.Console.PatchAsync($"robots/{robot.RobotId}", new { wecom = new { secret = "the-new-secret" } });

        await robot.UntilAsync(shown => shown.Text("login.state") == "online");
        (await robot.Console.SendAsync(HttpMethod.Post, $"robots/{robot.RobotId}/customer-groups/refresh")).Number("groups").ShouldBe(1);
        (await robot.Console.GetAsync($"robots/{robot.RobotId}/customer-groups?q=护肤")).Texts("id").ShouldBe([chat.Id]);

        // What was not typed in again is as it was: callbacks are understood.
        (await Callbacks.PostAsync(app, robot.RobotId, Callbacks.Xml(chat, app.Clock.GetUtcNow(), "create"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothStores]
    public async Task ExpiredToken_IsFetchedOnce_AndTheCallMadeAgain(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(store, weCom.Settings);
        var robot = await WeComDesk.OpenAsync(app, weCom);
        weCom.AddChat("wrA", "护肤群");
        weCom.CountOf("gettoken").ShouldBe(1);
        weCom.ExpireToken();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => robot.Console.SendAsync(HttpMethod.Post, $"robots/{robot.RobotId}/customer-groups/refresh")));

        weCom.CountOf("gettoken").ShouldBe(2);

        // Before it ends it is fetched anew, without a call that fails.
        app.Clock.Advance(TimeSpan.FromMinutes(116));
        await robot.Console.SendAsync(HttpMethod.Post, $"robots/{robot.RobotId}/customer-groups/refresh");
        weCom.CountOf("gettoken").ShouldBe(3);

        // One that is refused twice is no matter of tokens any more.
        weCom.Fail("list", 40014, 42001);
        await robot.Console.Http.PostAsync($"/api/v1/robots/{robot.RobotId}/customer-groups/refresh", null, TestContext.Current.CancellationToken)
            .ProblemAsync(HttpStatusCode.Conflict, "wecom.secret");
    }

    [Theory]
    [InlineData(-1, HttpStatusCode.ServiceUnavailable, "wecom.busy")]
    [InlineData(45009, HttpStatusCode.ServiceUnavailable, "wecom.rate-limited")]
    [InlineData(45033, HttpStatusCode.ServiceUnavailable, "wecom.rate-limited")]
    [InlineData(48002, HttpStatusCode.Conflict, "wecom.no-permission")]
    [InlineData(60020, HttpStatusCode.Conflict, "wecom.ip-not-trusted")]
    [InlineData(99999, HttpStatusCode.Conflict, "wecom.refused")]
    public async Task Refusals_AreSaidWithWhatToDo(int errcode, HttpStatusCode status, string code)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(Store.Sqlite, weCom.Settings);
        var robot = await WeComDesk.OpenAsync(app, weCom);
        weCom.Fail("list", errcode);

        await robot.Console.Http.PostAsync($"/api/v1/robots/{robot.RobotId}/customer-groups/refresh", null, TestContext.Current.CancellationToken).ProblemAsync(status, code);
    }

    [Fact]
    public async Task Api_ThatIsNotThere_IsOffline_AndComesBack()
    {
        var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(Store.Sqlite, weCom.Settings);
        var robot = await WeComDesk.OpenAsync(app, weCom);
        await weCom.DisposeAsync();

        await robot.Console.Http.PostAsync($"/api/v1/robots/{robot.RobotId}/customer-groups/refresh", null, TestContext.Current.CancellationToken)
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "wecom.unreachable");
    }

    [Fact]
    public async Task Tenants_SeeTheirOwnRobotsOnly()
    {
        await using var weCom = await FakeWeCom.StartAsync();
        await using var app = await HuomaApp.StartAsync(Store.Sqlite, weCom.Settings);
        var robot = await WeComDesk.OpenAsync(app, weCom);
        weCom.AddChat("wrA", "护肤群");
        await robot.Console.SendAsync(HttpMethod.Post, $"robots/{robot.RobotId}/customer-groups/refresh");
        var other = await Desk.OpenOtherTenantAsync(app);

        await other.GetAsync($"robots/{robot.RobotId}/customer-groups").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"robots/{robot.RobotId}/customer-groups/refresh", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory, BothStores]
    public async Task TwoProcesses_ServeARobotOnce_AndOneTakesOver(Store store)
    {
        await using var weCom = await FakeWeCom.StartAsync();
        var first = await HuomaApp.StartAsync(store, weCom.Settings.Concat([new("Huoma:DataDirectory", Directory.CreateTempSubdirectory("huoma-test-").FullName)]).ToDictionary());
        var robot = await WeComDesk.OpenAsync(first, weCom);
        await using var second = first.StartAnother();
        var session = await robot.ReadAsync("SELECT session_id FROM robot_states");

        await robot.Console.SendAsync(HttpMethod.Post, $"robots/{robot.RobotId}/start");
        await robot.UntilAsync(shown => shown.Number("commands.waiting") + shown.Number("commands.underWay") == 0);
        (await robot.ReadAsync("SELECT session_id FROM robot_states")).ShouldBe(session, "nobody took it away");

        await first.DisposeAsync();
        var console = new Operator(await second.SignInAsync());
        await Eventually.BeAsync(() => console.GetAsync($"robots/{robot.RobotId}"), shown => shown.Flag("online"));
        (await new WeComDesk(second, weCom, console, robot.RobotId).ReadAsync("SELECT session_id FROM robot_states")).ShouldNotBe(session);
    }

    [Theory]
    [InlineData("qyapi.weixin.qq.com")]
    [InlineData("http://qyapi.weixin.qq.com")]
    [InlineData("ftp://qyapi.weixin.qq.com")]
    [InlineData("https://user:pass@qyapi.weixin.qq.com")]
    [InlineData("")]
    public async Task ApiBase_StopsTheStart_WhenItIsNone(string value)
    {
        new WeComOptions { ApiBase = value }.IsValid.ShouldBeFalse();
        WeComOptions.Wrong.ShouldStartWith("Huoma:WeCom:ApiBase");

        // What the line is about is written by the program; the test's host only sees that it ended.
        await Should.ThrowAsync<Exception>(() => HuomaApp.StartAsync(Store.Sqlite, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:WeCom:ApiBase"] = value }));
    }

    [Theory]
    [InlineData("https://qyapi.weixin.qq.com")]
    [InlineData("https://proxy.example.com:8443/wecom/")]
    [InlineData("http://127.0.0.1:8080")]
    public void ApiBase_MayBeAProxy(string value) => new WeComOptions { ApiBase = value }.IsValid.ShouldBeTrue();
}
