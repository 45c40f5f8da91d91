using System.Net;
using System.Net.Http.Json;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>任务宝任务 at the console (E.5 item 12).</summary>
public sealed class CampaignApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Create_MakesACampaignOfAnAutoCode(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateAutoCodeAsync();

        var made = await console.CreateCampaignAsync(code);

        (made.Text("codeId"), made.Text("codeName"), made.Number("goal"), made.Text("status")).ShouldBe((code.Id(), "读书群", 2, "running"));
        (made.Text("reward.kind"), made.Text("reward.url")).ShouldBe(("link", "https://gift.example.com/secret"));
        made.Text("posterUrl").ShouldEndWith($"/t/{made.Text("key")}");
        made.Text("progressUrl").ShouldEndWith($"/t/{made.Text("key")}/progress");
        made.Number("layout.qr.size").ShouldBeGreaterThan(160);
        made.Number("counts.participants").ShouldBe(0);
        (await console.GetAsync($"campaigns/{made.Id()}")).ToString().ShouldBe(made.ToString());
    }

    [Theory, BothStores]
    public async Task Create_RefusesCodesWhoseMembersNobodyKnows(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var poster = await console.UploadPosterAsync();
        var manual = await console.CreateCodeAsync();
        var (card, _) = await console.CreateCardsAsync(recycle: false, 5);
        var off = await console.CreateAutoCodeAsync();
        await console.PatchAsync($"codes/{off.Id()}", new { status = "off" });
        var deleted = await console.CreateAutoCodeAsync();
        await console.SendAsync(HttpMethod.Delete, $"codes/{deleted.Id()}");

        object Body(System.Text.Json.JsonElement code) =>
            new { codeId = code.Id(), name = "任务", goal = 3, posterImageId = poster, reward = new { kind = "link", url = "https://example.com" } };
        await console.RefusesAsync(HttpMethod.Post, "campaigns", HttpStatusCode.Conflict, "campaign.code-is-manual", Body(manual));
        await console.RefusesAsync(HttpMethod.Post, "campaigns", HttpStatusCode.Conflict, "campaign.code-is-card", Body(card));
        await console.RefusesAsync(HttpMethod.Post, "campaigns", HttpStatusCode.Conflict, "campaign.code-off", Body(off));
        await console.RefusesAsync(HttpMethod.Post, "campaigns", HttpStatusCode.BadRequest, "input.invalid", Body(deleted));
        (await console.GetAsync("campaigns")).Number("total").ShouldBe(0);
    }

    [Theory]
    [InlineData("goal", HttpStatusCode.BadRequest, "input.invalid", 0)]
    [InlineData("goal", HttpStatusCode.BadRequest, "input.invalid", 101)]
    [InlineData("name", HttpStatusCode.BadRequest, "input.invalid", "")]
    [InlineData("name", HttpStatusCode.BadRequest, "input.invalid", "三十一个字三十一个字三十一个字三十一个字三十一个字三十一个字多")]
    [InlineData("description", HttpStatusCode.BadRequest, "input.invalid", "一\n二")]
    [InlineData("reward.url", HttpStatusCode.Conflict, "campaign.reward-url", "javascript:alert(1)")]
    [InlineData("reward.url", HttpStatusCode.Conflict, "campaign.reward-url", "")]
    [InlineData("posterImageId", HttpStatusCode.Conflict, "campaign.poster-missing", "00000000001")]
    [InlineData("posterImageId", HttpStatusCode.Conflict, "campaign.poster-shape", "banner")]
    [InlineData("endsAt", HttpStatusCode.Conflict, "campaign.ends-before-start", "2026-11-20T00:00:00Z")]
    [InlineData("layout.qr", HttpStatusCode.Conflict, "campaign.qr-outside", 740)]
    [InlineData("layout.qr", HttpStatusCode.Conflict, "campaign.qr-too-small", 10)]
    public async Task Create_SaysWhatIsWrong_ByField(string field, HttpStatusCode status, string problem, object value)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateAutoCodeAsync();
        var poster = field == "posterImageId" ? value as string : await console.UploadPosterAsync();
        poster = poster == "banner" ? (await console.UploadAsync(Pictures.Banner, "welcome")).Id() : poster;

        var body = new
        {
            codeId = code.Id(),
            name = field == "name" ? value : "任务",
            description = field == "description" ? value : "",
            goal = field == "goal" ? value : 3,
            posterImageId = poster,
            layout = field != "layout.qr" ? null : new { qr = (int)value == 10 ? new { x = 0, y = 0, size = 10 } : new { x = (int)value, y = 0, size = 200 } },
            reward = new { kind = "link", url = field == "reward.url" ? value : "https://example.com" },
            startsAt = "2026-11-21T00:00:00Z",
            endsAt = field == "endsAt" ? value : null,
        };

        var answer = await console.Http.PostAsJsonAsync("/api/v1/campaigns", body, Ct);

        await Task.FromResult(answer).ProblemAsync(status, problem, field);
    }

    [Theory, BothStores]
    public async Task Edit_ChangesWhatIsGiven_AndEndsAndPauses(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());
        var path = $"campaigns/{made.Id()}";

        var edited = await console.PatchAsync(path, new { name = "新名称", goal = 5, deductLeavers = true });
        (edited.Text("name"), edited.Number("goal"), edited.Flag("deductLeavers"), edited.Text("description")).ShouldBe(("新名称", 5, true, "一起进群，每天读十页"));
        (await console.PatchAsync(path, new { paused = true })).Text("status").ShouldBe("paused");
        (await console.PatchAsync(path, new { paused = false, endsAt = app.Clock.GetUtcNow().AddHours(1) })).Text("status").ShouldBe("running");
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await console.GetAsync(path)).Text("status").ShouldBe("ended");
        (await console.PatchAsync(path, new { endsAt = (string?)null })).Text("status").ShouldBe("running");
        (await console.PatchAsync(path, new { startsAt = app.Clock.GetUtcNow().AddHours(1) })).Text("status").ShouldBe("not-begun");
        await console.RefusesAsync(HttpMethod.Patch, path, HttpStatusCode.Conflict, "campaign.changed-meanwhile", new { version = made.Number("version"), goal = 9 });
        await console.RefusesAsync(HttpMethod.Patch, path, HttpStatusCode.Conflict, "campaign.reward-url", new { reward = new { kind = "link", url = "data:text/html,x" } });
        (await console.PatchAsync(path, new { name = "分享后领取红包" })).At("concerns").GetArrayLength().ShouldBe(2);

        var entry = (await console.GetAsync("audit-log")).At("items").EnumerateArray().First(row => row.Text("subject.kind") == "campaign" && row.Text("action") == "edited");
        entry.ToString().ShouldNotContain("gift.example.com");
    }

    [Theory, BothStores]
    public async Task List_FindsByNameAndByCode_TheNewestFirst(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var books = await console.CreateAutoCodeAsync("读书群");
        var runs = await console.CreateAutoCodeAsync("跑步群");
        await console.CreateCampaignAsync(books, name: "Spring 阅读");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await console.CreateCampaignAsync(runs, name: "晨跑");

        (await console.GetAsync("campaigns")).Texts("name").ShouldBe(["晨跑", "Spring 阅读"]);
        (await console.GetAsync("campaigns?q=spring")).Texts("name").ShouldBe(["Spring 阅读"]);
        (await console.GetAsync($"campaigns?q={Uri.EscapeDataString("跑步")}")).Texts("name").ShouldBe(["晨跑"]);
        (await console.GetAsync($"campaigns?codeId={books.Id()}")).Texts("name").ShouldBe(["Spring 阅读"]);
        (await console.GetAsync("campaigns?q=%25")).Number("total").ShouldBe(0);

        await console.SendAsync(HttpMethod.Delete, $"codes/{books.Id()}");
        var left = (await console.GetAsync($"campaigns?codeId={books.Id()}")).At("items")[0];
        left.Text("obstacle").ShouldContain("已被删除");
    }

    [Theory, BothStores]
    public async Task Ids_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateAutoCodeAsync();
        var made = await console.CreateCampaignAsync(code);
        var poster = await console.UploadPosterAsync();
        var other = await Desk.OpenOtherTenantAsync(app);

        await other.GetAsync($"campaigns/{made.Id()}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PatchAsync($"campaigns/{made.Id()}", new { name = "夺" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync($"campaigns/{made.Id()}/poster-preview", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.PostAsync("campaigns", new { codeId = code.Id(), name = "夺", goal = 1, posterImageId = poster, reward = new { kind = "link", url = "https://a.example" } })
            .ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "codeId");
        (await other.GetAsync("campaigns").JsonAsync()).Number("total").ShouldBe(0);
        (await console.GetAsync($"campaigns/{made.Id()}")).Text("name").ShouldBe("邀请好友一起读书");
    }

    [Fact]
    public async Task Preview_IsAPosterWhoseQrCanBeRead()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());

        var body = new { layout = new { qr = new { x = 20, y = 900, size = 300 } } };
        using var answer = await console.Http.PostAsJsonAsync($"/api/v1/campaigns/{made.Id()}/poster-preview", body, Ct);

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("image/jpeg");
        var jpeg = await answer.Content.ReadAsByteArrayAsync(Ct);
        jpeg.Length.ShouldBeLessThan(300 * 1024);
        var read = await console.UploadBytesAsync(jpeg, "slot");
        (read.Number("width"), read.Number("height")).ShouldBe((750, 1334));
        read.Text("qr.payload").ShouldBe(made.Text("posterUrl"));
        await console.RefusesAsync(
            HttpMethod.Post, $"campaigns/{made.Id()}/poster-preview", HttpStatusCode.Conflict, "campaign.qr-outside", new { layout = new { qr = new { x = 700, y = 0, size = 300 } } });
    }
}
