using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Audit;

public sealed class AuditLogTests
{
    [Theory]
    [BothStores]
    public async Task Accounts_AreRemembered_WithoutAnythingSecret(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.PostAsync("users", new { account = "xiaoli", name = "小李", role = "operator", password = "dancing-llama-7" })
            .JsonAsync(HttpStatusCode.Created)).Text("id");
        await desk.PatchAsync($"users/{id}", new { role = "viewer" }).JsonAsync();
        await desk.PatchAsync($"users/{id}", new { disabled = true, name = "李" }).JsonAsync();
        await desk.PatchAsync($"users/{id}", new { password = "jumping-llama-8" }).JsonAsync();
        await desk.PatchAsync($"users/{id}", new { name = "李" }).JsonAsync();
        await desk.DeleteAsync($"users/{id}");

        var answer = await desk.GetAsync("audit-log?subject=user").JsonAsync();

        var entries = answer.At("items").EnumerateArray().Where(entry => entry.Text("subject.id") == id).ToList();
        entries.Select(entry => entry.Text("action")).ShouldBe(["created", "edited", "edited", "password-changed", "deleted"], ignoreOrder: true);
        entries.ShouldAllBe(entry => entry.Text("actor.name") == "管理员" && entry.IsNull("code"));
        HistoryTests.Changes(entries.Single(entry => entry.Text("action") == "created")).ShouldBe(["account:  → xiaoli", "role:  → operator"]);
        entries.Where(entry => entry.Text("action") == "edited").SelectMany(HistoryTests.Changes)
            .ShouldBe(["role: operator → viewer", "name: 小李 → 李", "disabled: False → True"], ignoreOrder: true);
        HistoryTests.Changes(entries.Single(entry => entry.Text("action") == "password-changed")).ShouldBeEmpty();
        answer.ToString().ShouldNotContain("llama");
        answer.ToString().ShouldNotContain("hash", Case.Insensitive);
    }

    [Theory]
    [BothStores]
    public async Task Channels_AreRemembered_InTheHistoryOfTheirCode(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync("读书会")).Text("id");
        var channel = (await desk.PostAsync($"codes/{code}/channels", new[] { new { name = "海报", remark = "" } }).JsonAsync(HttpStatusCode.Created)).At("items")[0].Text("id");
        await desk.PatchAsync($"channels/{channel}", new { name = "地铁海报" }).JsonAsync();
        await desk.PatchAsync($"channels/{channel}", new { name = "地铁海报", remark = "" }).JsonAsync();
        await desk.DeleteAsync($"codes/{code}");
        await desk.PatchAsync($"channels/{channel}", new { archived = true }).JsonAsync();

        var entries = (await desk.GetAsync("audit-log?subject=channel").JsonAsync()).At("items").EnumerateArray().ToList();

        entries.Select(entry => entry.Text("action")).ShouldBe(["created", "edited", "edited"], ignoreOrder: true);
        entries.ShouldAllBe(entry => entry.Text("subject.id") == channel && entry.Text("code.id") == code && entry.Text("code.name") == "读书会");
        entries.SelectMany(HistoryTests.Changes).ShouldBe(["name: 海报 → 地铁海报", "archived: False → True"], ignoreOrder: true);
    }

    [Theory]
    [BothStores]
    public async Task NoticeChannels_AreRemembered_WithoutWhereTheyLead(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        const string url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=first-llama";
        var id = (await desk.PostAsync("notice-channels", new { kind = "wecom", name = "值班群", url }).JsonAsync(HttpStatusCode.Created)).Text("id");
        await desk.PatchAsync($"notice-channels/{id}", new { name = "夜班群", url, quiet = new { from = "23:00", to = "07:30" } }).JsonAsync();
        await desk.PatchAsync($"notice-channels/{id}", new { name = "夜班群", url }).JsonAsync();
        await desk.PatchAsync($"notice-channels/{id}", new { url = url.Replace("first", "second", StringComparison.Ordinal), kinds = new[] { "slot-expired" } }).JsonAsync();
        await desk.DeleteAsync($"notice-channels/{id}");

        var answer = await desk.GetAsync("audit-log?subject=notice-channel").JsonAsync();

        var entries = answer.At("items").EnumerateArray().Where(entry => entry.Text("subject.id") == id).ToList();
        entries.Select(entry => entry.Text("action")).ShouldBe(["created", "edited", "edited", "deleted"], ignoreOrder: true);
        var fields = entries.Where(entry => entry.Text("action") == "edited").SelectMany(entry => entry.At("changes").EnumerateArray()).ToList();
        fields.Select(field => field.Text("field")).ShouldBe(["name", "quiet", "settings", "kinds"], ignoreOrder: true);
        fields.Single(field => field.Text("field") == "quiet").Text("new").ShouldBe("23:00–07:30");
        answer.ToString().ShouldNotContain("llama");
    }

    [Theory]
    [BothStores]
    public async Task SignIn_ChangesNothingWorthRemembering(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        await app.SignInAsync();

        var entries = (await desk.GetAsync("audit-log").JsonAsync()).At("items").EnumerateArray().ToList();

        // The program made the first owner itself.
        var only = entries.ShouldHaveSingleItem();
        (only.Text("action"), only.Text("subject.kind"), only.Text("actor.name")).ShouldBe(("created", "user", "系统"));
    }

    [Theory]
    [BothStores]
    public async Task Log_IsFiltered_ByCodeSubjectActorAndDay(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var first = (await desk.CreateCodeAsync("一")).Text("id");
        await desk.AddSlotAsync(first);

        // 2026-11-23 00:00 in Shanghai.
        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero));
        desk = await Desk.OpenAsync(app);
        await desk.CreateCodeAsync("二");
        var me = (await desk.GetAsync("me").JsonAsync()).Text("user.id");

        (await CountAsync($"codeId={first}")).ShouldBe(2);
        (await CountAsync("subject=live-code")).ShouldBe(2);
        (await CountAsync("subject=slot")).ShouldBe(1);
        (await CountAsync($"actor={me}")).ShouldBe(3);
        (await CountAsync("actor=系统")).ShouldBe(1);
        (await CountAsync("actor=谁")).ShouldBe(0);
        (await CountAsync("from=2026-11-23")).ShouldBe(1);
        (await CountAsync("to=2026-11-22")).ShouldBe(3);
        (await CountAsync("from=2026-11-22&to=2026-11-23")).ShouldBe(4);
        (await desk.GetAsync("audit-log?pageSize=1&page=1").JsonAsync()).At("items")[0].Text("subject.name").ShouldBe("二");
        await desk.GetAsync("audit-log?from=2026-11-23&to=2026-11-22").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "to");
        await desk.GetAsync("audit-log?subject=luck").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "subject");

        async Task<long> CountAsync(string query) => (await desk.GetAsync($"audit-log?{query}").JsonAsync()).Number("total");
    }

    [Theory]
    [BothStores]
    public async Task Log_IsForOwners_AndACodesHistoryForEverybodyWhoReadsIt(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        foreach (var role in (string[])["viewer", "operator"])
        {
            await desk.PostAsync("users", new { account = role, name = role, role, password = "dancing-llama-7" }).JsonAsync(HttpStatusCode.Created);
            using var http = await app.SignInAsync(role, "dancing-llama-7");

            await http.GetAsync("/api/v1/audit-log", TestContext.Current.CancellationToken).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            var history = await http.GetAsync($"/api/v1/codes/{id}/history", TestContext.Current.CancellationToken).JsonAsync();
            history.Number("total").ShouldBe(1);
        }

        using var viewer = await app.SignInAsync("viewer", "dancing-llama-7");
        await viewer.PostAsync($"/api/v1/codes/{id}/restore", content: null, TestContext.Current.CancellationToken).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [BothStores]
    public async Task History_TellsWhoItWas_ByTheNameOfThatTime(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var userId = (await desk.PostAsync("users", new { account = "xiaoli", name = "小李", role = "operator", password = "dancing-llama-7" })
            .JsonAsync(HttpStatusCode.Created)).Text("id");
        using (var http = await app.SignInAsync("xiaoli", "dancing-llama-7"))
        {
            using var body = new StringContent("""{"name":"小李改的"}""", System.Text.Encoding.UTF8, "application/json");
            await http.PatchAsync($"/api/v1/codes/{id}", body, TestContext.Current.CancellationToken).JsonAsync();
        }

        await desk.DeleteAsync($"users/{userId}");

        JsonElement edit = (await HistoryTests.HistoryAsync(desk, id))[^1];
        (edit.Text("actor.id"), edit.Text("actor.name")).ShouldBe((userId, "小李"));
    }
}
