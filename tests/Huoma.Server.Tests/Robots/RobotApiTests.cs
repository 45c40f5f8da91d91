using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Accounts;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Robots;

/// <summary>机器人 at the console.</summary>
public sealed class RobotApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [BothStores]
    public async Task Create_ShowsTheTokenOnce_AndKeepsItsHashOnly(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);

        var gateway = await desk.PostAsync("robots", new { name = " 一号机 ", driver = "gateway", riskAccepted = true }).JsonAsync(HttpStatusCode.Created);
        var simulator = await desk.PostAsync("robots", new { name = "模拟", driver = "simulator" }).JsonAsync(HttpStatusCode.Created);

        gateway.Text("name").ShouldBe("一号机");
        gateway.Text("driver").ShouldBe("gateway");
        var token = gateway.Text("gatewayToken");
        token.Length.ShouldBeGreaterThan(40);
        var rows = await RowsAsync(app);
        rows[gateway.Id()].Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
        rows[gateway.Id()].Sealed.ShouldBeNull();

        // The simulator within the program has to dial in: it opens its copy, the database alone does not.
        var copy = rows[simulator.Id()].Sealed.ShouldNotBeNull();
        copy.ShouldNotContain(simulator.Text("gatewayToken"));
        app.Services.GetRequiredService<SecretSeal>().Open(copy).ShouldBe(simulator.Text("gatewayToken"));
        var list = (await desk.GetAsync("robots").JsonAsync()).GetRawText();
        list.ShouldNotContain(token);
        list.ShouldNotContain(simulator.Text("gatewayToken"));
    }

    [Fact]
    public async Task Create_RefusesWhatIsNotThere()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);

        await desk.PostAsync("robots", new { name = "", driver = "gateway" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await desk.PostAsync("robots", new { name = new string('长', 31), driver = "gateway" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await desk.PostAsync("robots", new { name = "无" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "driver");
        using var unknown = await desk.PostAsync("robots", new { name = "无", driver = "itchat" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync("robots").JsonAsync()).Number("total").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task PersonalAccount_IsEnabled_OnlyByWhoAcceptsTheRisk(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "gateway" }).JsonAsync(HttpStatusCode.Created)).Id();
        (await desk.GetAsync($"robots/{id}").JsonAsync()).Flag("enabled").ShouldBeFalse();

        await desk.PatchAsync($"robots/{id}", new { enabled = true }).ProblemAsync(HttpStatusCode.Conflict, "robot.risk-not-accepted", "riskAccepted");
        await desk.PatchAsync($"robots/{id}", new { enabled = true, riskAccepted = false }).ProblemAsync(HttpStatusCode.Conflict, "robot.risk-not-accepted");
        var enabled = await desk.PatchAsync($"robots/{id}", new { enabled = true, riskAccepted = true }).JsonAsync();

        enabled.Flag("enabled").ShouldBeTrue();
        enabled.Text("risk.acceptedAt").ShouldBe("2026-11-22T04:00:00.000Z");
        enabled.Text("risk.acceptedBy").ShouldNotBeEmpty();
        (await desk.PatchAsync($"robots/{id}", new { enabled = false }).JsonAsync()).Flag("enabled").ShouldBeFalse();
        (await desk.PatchAsync($"robots/{id}", new { enabled = true }).JsonAsync()).Flag("enabled").ShouldBeTrue();
    }

    [Theory]
    [BothStores]
    public async Task Edit_ChangesSeedsAndLimits_WithinTheirRanges(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "gateway", riskAccepted = true }).JsonAsync(HttpStatusCode.Created)).Id();
        var fresh = await desk.GetAsync($"robots/{id}").JsonAsync();
        fresh.At("limits").GetRawText().ShouldBe(
            """{"groupsPerDay":5,"createSpacingSeconds":120,"messageSpacingSeconds":3,"messagesPerMinute":20,"kickSpacingSeconds":5}""");

        var edited = await desk.PatchAsync($"robots/{id}", new { name = "二号机", seedIds = (string[])["wxid_b", "wxid_a"], limits = new { groupsPerDay = 20 } }).JsonAsync();

        edited.Text("name").ShouldBe("二号机");
        edited.At("seedIds").EnumerateArray().Select(seed => seed.GetString()).ShouldBe(["wxid_b", "wxid_a"]);
        edited.Number("limits.groupsPerDay").ShouldBe(20);
        edited.Number("limits.createSpacingSeconds").ShouldBe(120);
        await desk.PatchAsync($"robots/{id}", new { seedIds = (string[])["wxid_a"] }).ProblemAsync(HttpStatusCode.Conflict, "robot.seeds", "seedIds");
        await desk.PatchAsync($"robots/{id}", new { seedIds = (string[])["wxid_a", ""] }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "seedIds");
        foreach (var (field, value) in ((string, int)[])[("groupsPerDay", 51), ("groupsPerDay", -1), ("createSpacingSeconds", 59), ("messageSpacingSeconds", 0), ("messagesPerMinute", 61), ("kickSpacingSeconds", 601)])
        {
            await desk.PatchAsync($"robots/{id}", new { limits = new Dictionary<string, int> { [field] = value } })
                .ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", $"limits.{field}");
        }

        (await desk.PatchAsync($"robots/{id}", new { seedIds = Array.Empty<string>() }).JsonAsync()).At("seedIds").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Delete_TakesItOutOfTheList(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "simulator" }).JsonAsync(HttpStatusCode.Created)).Id();

        await desk.DeleteAsync($"robots/{id}").JsonAsync(HttpStatusCode.NoContent);

        (await desk.GetAsync("robots").JsonAsync()).Number("total").ShouldBe(0);
        await desk.GetAsync($"robots/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.DeleteAsync($"robots/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [BothStores]
    public async Task Changes_AreRemembered_WithoutTheToken(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "gateway" }).JsonAsync(HttpStatusCode.Created)).Id();
        await desk.PatchAsync($"robots/{id}", new { enabled = true, riskAccepted = true, seedIds = (string[])["wxid_a", "wxid_b"], limits = new { groupsPerDay = 8 } }).JsonAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var token = (await desk.PostAsync($"robots/{id}/token", new { }).JsonAsync()).Text("gatewayToken");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.DeleteAsync($"robots/{id}").JsonAsync(HttpStatusCode.NoContent);

        var log = await desk.GetAsync("audit-log?subject=robot").JsonAsync();

        log.Texts("action").Order().ShouldBe(["created", "deleted", "edited", "token-replaced"]);
        log.Texts("subject.name").Distinct().ShouldBe(["一号机"]);
        var edited = log.At("items").EnumerateArray().Single(entry => entry.Text("action") == "edited");
        edited.At("changes").EnumerateArray().Select(change => change.Text("field")).Order(StringComparer.Ordinal)
            .ShouldBe(["enabled", "limits.groupsPerDay", "riskAcceptedAt", "seedIds"]);
        log.GetRawText().ShouldNotContain(token);
        log.GetRawText().ShouldNotContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
    }

    [Theory]
    [BothStores]
    public async Task Robots_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "simulator" }).JsonAsync(HttpStatusCode.Created)).Id();
        var before = (await desk.GetAsync($"robots/{id}").JsonAsync()).GetRawText();

        Task<HttpResponseMessage>[] foreign =
        [
            other.GetAsync($"robots/{id}"), other.GetAsync($"robots/{id}/login-qr"), other.GetAsync($"robots/{id}/contacts"), other.GetAsync($"robots/{id}/events"),
            other.GetAsync($"robots/{id}/commands"), other.PatchAsync($"robots/{id}", new { name = "夺" }), other.DeleteAsync($"robots/{id}"),
            other.PostAsync($"robots/{id}/token", new { }), other.PostAsync($"robots/{id}/start", new { }), other.PostAsync($"robots/{id}/stop", new { }),
            other.PostAsync($"robots/{id}/logout", new { }), other.PostAsync($"robots/{id}/contacts", new { }),
        ];

        foreach (var answer in foreign)
        {
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await other.GetAsync("robots").JsonAsync()).Number("total").ShouldBe(0);
        (await desk.GetAsync($"robots/{id}").JsonAsync()).GetRawText().ShouldBe(before);
    }

    [Fact]
    public async Task Viewers_Read_AndSeeNoLoginQr()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await (await app.SignInAsync()).AddUserAsync("viewer", "viewer");
        var viewer = new Operator(await app.SignInAsync("viewer", TestAccounts.Password));
        await using var gateway = await FakeGateway.ConnectAsync(app, robot, prepare: one => one.LoginState = "stopped");
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "stopped");
        await gateway.EventAsync(1, "robot.scan", new { qr = "https://login.weixin.qq.com/l/abc", status = "waiting" });
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "scanning");

        var seen = await viewer.GetAsync($"robots/{robot.Id}");

        seen.Text("login.state").ShouldBe("scanning");
        seen.IsNull("login.qr").ShouldBeTrue("who scans it logs in as himself");
        using var picture = await viewer.Http.GetAsync($"/api/v1/robots/{robot.Id}/login-qr", Ct);
        picture.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_PressedTwice_IsToldOnce()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("robots", new { name = "一号机", driver = "simulator" }).JsonAsync(HttpStatusCode.Created)).Id();

        var first = await desk.PostAsync($"robots/{id}/start", new { }).JsonAsync(HttpStatusCode.Accepted);
        var second = await desk.PostAsync($"robots/{id}/start", new { }).JsonAsync(HttpStatusCode.Accepted);

        second.Id().ShouldBe(first.Id());
        first.Text("type").ShouldBe("robot.start");
        (await desk.GetAsync($"robots/{id}/commands?show=open").JsonAsync()).Number("total").ShouldBe(1);
        await desk.GetAsync($"robots/{id}/commands?show=every").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "show");
    }

    private static async Task<Dictionary<string, (string Hash, string? Sealed)>> RowsAsync(HuomaApp app)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        var rows = await connection.QueryAsync<(long Id, string Hash, string? Sealed)>("SELECT id, token_hash, sealed_token FROM robots");
        return rows.ToDictionary(row => new RobotId(row.Id).ToString(), row => (row.Hash, row.Sealed), StringComparer.Ordinal);
    }
}
