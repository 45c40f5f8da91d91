using System.Net;
using System.Net.Http.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Simulator;

public sealed class SimulatorApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulator_IsNowhere_UnlessItIsSwitchedOn()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        using var anybody = app.Visitor();

        foreach (var path in (string[])["/sim", "/sim/", "/sim/api/world", "/sim/assets/phone.js", "/sim/web/wxid_a/q/abcd"])
        {
            (await anybody.GetAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await anybody.PostAsJsonAsync("/sim/api/people", new { name = "谁" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_RunsOnlyItsOwnScripts()
    {
        await using var app = await StartAsync();
        using var phone = SimPhone.Of(app);
        using var page = await phone.Http.GetAsync("/sim", Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);

        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'; style-src 'self'");
        html.ShouldContain("/sim/assets/phone.js");
        foreach (var file in (string[])["phone.js", "phone.css", "dom.js", "world.js", "chats.js", "web.js", "robots.js", "people.js"])
        {
            (await phone.Http.GetAsync($"/sim/assets/{file}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }

        (await phone.Http.GetAsync("/sim/assets/phone.html", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Changes_NeedTheHeader_WhichNoOtherSiteCanSend()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = app.Address };

        await http.PostAsJsonAsync("/sim/api/people", new { name = "谁" }, Ct).ProblemAsync(HttpStatusCode.Forbidden, "sim.header");
    }

    [Fact]
    public async Task BadInput_IsRefused()
    {
        await using var app = await StartAsync();
        using var phone = SimPhone.Of(app);
        var person = await phone.PersonAsync();

        await phone.PostAsync("people", new { name = "" }).ProblemAsync(HttpStatusCode.Conflict, "sim.name", "name");
        await phone.PostAsync("people", new { name = new string('长', 33) }).ProblemAsync(HttpStatusCode.Conflict, "sim.name", "name");
        await phone.PostAsync("groups", new { ownerId = person, memberIds = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.Conflict, "sim.too-few-friends");
        await phone.PostAsync("groups/join", new { personId = person, qr = "https://weixin.qq.com/g/x" }).ProblemAsync(HttpStatusCode.Conflict, "sim.no-such-qr");
        await phone.PostAsync("groups/1@chatroom/leave", new { personId = person }).ProblemAsync(HttpStatusCode.NotFound, "sim.no-group");
        await phone.PostAsync("faults", new { fault = "no-such" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "fault");
        await phone.PostAsync("faults", new { fault = "lost-event", robotId = "r1" }).ProblemAsync(HttpStatusCode.NotFound, "sim.no-robot");
        await phone.PostAsync("robots/r1/login").ProblemAsync(HttpStatusCode.NotFound, "sim.no-robot");
        await phone.Http.GetAsync("/sim/api/scan?image=/m/none.png", Ct).ProblemAsync(HttpStatusCode.NotFound, "sim.no-qr");
        await phone.Http.GetAsync("/sim/api/qr?text=", Ct).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "text");
        await phone.PostAsync("people").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await phone.PostAsync("groups/join").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "personId");
        await phone.PostAsync("groups", new { ownerId = person, memberIds = new string?[] { null, null } }).ProblemAsync(HttpStatusCode.Conflict, "sim.too-few-friends");
    }

    [Theory]
    [BothStores]
    public async Task People_MakeAGroup_TalkAndLeave(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, SimPhone.On, listens: true);
        using var phone = SimPhone.Of(app);
        var (owner, one, other) = (await phone.PersonAsync("群主"), await phone.PersonAsync("甲"), await phone.PersonAsync("乙"));
        await phone.DoAsync($"people/{owner}/friends", new { friendId = one });
        await phone.DoAsync($"people/{owner}/friends", new { friendId = other });
        var group = (await phone.DoAsync("groups", new { ownerId = owner, name = "读书会", memberIds = new[] { one, other } })).Id();
        await phone.DoAsync($"groups/{group}/messages", new { personId = one, text = "hi", mentionIds = new[] { owner } });
        await phone.DoAsync($"groups/{group}/announce", new { personId = owner, text = "明天开课" });
        await phone.DoAsync($"groups/{group}/kick", new { personId = owner, memberId = other });
        await phone.DoAsync($"groups/{group}/leave", new { personId = one });

        var world = await phone.WorldAsync();
        var seen = world.GetProperty("groups")[0];
        seen.Text("name").ShouldBe("读书会");
        seen.GetProperty("members").GetArrayLength().ShouldBe(1);
        seen.GetProperty("messages").EnumerateArray().Select(message => message.Text("kind")).ShouldBe(["system", "text", "announcement", "system", "system"]);
        seen.GetProperty("messages")[1].Text("text").ShouldBe("@群主\u2005hi");
        world.GetRawText().ShouldNotContain("cookies");
        using var same = await phone.Http.GetAsync($"/sim/api/world?since={world.Number("version")}", Ct);
        same.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Browser_IsEachPersonsOwn_AndOpensVisitorsPagesOnly()
    {
        await using var app = await StartAsync();
        using var phone = SimPhone.Of(app);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var (one, other) = (await phone.PersonAsync("甲"), await phone.PersonAsync("乙"));

        using var page = await phone.Http.GetAsync($"/sim/web/{one}/q/{code.Text("key")}", Ct);
        await phone.Http.GetAsync($"/sim/web/{one}/q/{code.Text("key")}", Ct);
        await phone.Http.GetAsync($"/sim/web/{other}/q/{code.Text("key")}", Ct);

        var html = await page.Content.ReadAsStringAsync(Ct);
        html.ShouldContain($"/sim/web/{one}/q/");
        html.ShouldContain("长按识别二维码进群");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'self'");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var counts = await console.CountsAsync(code);
        counts.Number("scans").ShouldBe(3);
        counts.Number("visitors").ShouldBe(2);
        foreach (var path in (string[])[$"{one}/api/v1/me", $"{one}/q/../api/v1/me", $"{one}/q/%2e%2e/console/", $"{one}/m/x.png", "wxid_nobody/q/abcd"])
        {
            (await phone.Http.GetAsync($"/sim/web/{path}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static Task<HuomaApp> StartAsync() => HuomaApp.StartAsync(Store.Sqlite, SimPhone.On, listens: true);
}
