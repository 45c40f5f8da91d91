using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.Server.Tests.Accounts;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>公众号 at the console, and 域名校验文件 at the root.</summary>
public sealed class OfficialAccountApiTests
{
    private const string Name = "MP_verify_Ab3dEf6hIj9lMn2p.txt";
    private const string Api = "/api/v1/official-account";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task VerifyFile_IsServedAtTheRoot_UntilItIsDeleted(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var anybody = app.Visitor();

        var kept = await owner.PostAsJsonAsync($"{Api}/verify-files", new { name = Name, content = "Ab3dEf6hIj9lMn2p\r\n" }, Ct).JsonAsync();

        kept.Text("url").ShouldEndWith($"/{Name}");
        var answer = await anybody.GetAsync($"/{Name}", Ct);
        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.OK, "text/plain", "Ab3dEf6hIj9lMn2p"));
        await owner.PostAsJsonAsync($"{Api}/verify-files", new { name = Name, content = "Another" }, Ct).JsonAsync();
        (await anybody.GetStringAsync($"/{Name}", Ct)).ShouldBe("Another");
        (await owner.GetAsync(Api, Ct).JsonAsync()).At("verifyFiles").GetArrayLength().ShouldBe(1);

        await using (var another = app.StartAnother())
        {
            (await another.Visitor().GetStringAsync($"/{Name}", Ct)).ShouldBe("Another");
        }

        (await owner.DeleteAsync($"{Api}/verify-files/{kept.Id()}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await anybody.GetAsync($"/{Name}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await owner.DeleteAsync($"{Api}/verify-files/{kept.Id()}", Ct).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        var log = (await owner.GetAsync("/api/v1/audit-log?subject=official-account", Ct).JsonAsync()).At("items").EnumerateArray().Select(entry => entry.Text("action"));
        log.ShouldBe(["deleted", "edited", "created"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("MP_verify_../../../etc/passwd.txt", "abc", "name")]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2p.txt/../x", "abc", "name")]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2.txt", "abc", "name")]
    [InlineData("index.html", "abc", "name")]
    [InlineData(null, "abc", "name")]
    [InlineData(Name, "<script>alert(1)</script>", "content")]
    [InlineData(Name, "a b", "content")]
    [InlineData(Name, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "content")]
    [InlineData(Name, "", "content")]
    public async Task VerifyFile_OfAnotherShape_IsRefused(string? name, string content, string field)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);

        await (await app.SignInAsync()).PostAsJsonAsync($"{Api}/verify-files", new { name, content }, Ct).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", field);
    }

    [Theory]
    [InlineData("/MP_verify_..%2F..%2Fetc%2Fpasswd.txt")]
    [InlineData("/MP_verify_%2e%2e%2fappsettings.json.txt")]
    [InlineData("/mp_verify_Ab3dEf6hIj9lMn2p.txt")]
    [InlineData("/MP_VERIFY_Ab3dEf6hIj9lMn2p.txt")]
    [InlineData("/MP_verify_Ab3dEf6hIj9lMn2p.TXT")]
    [InlineData("/MP_verify_ab3dEf6hIj9lMn2p.txt")]
    [InlineData("/x/MP_verify_Ab3dEf6hIj9lMn2p.txt")]
    [InlineData("/MP_verify_Ab3dEf6hIj9lMn2p.txt%0a")]
    public async Task Root_AnswersToTheExactNameOnly(string path)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        await (await app.SignInAsync()).PostAsJsonAsync($"{Api}/verify-files", new { name = Name, content = "Ab3dEf6hIj9lMn2p" }, Ct).JsonAsync();

        var answer = await app.Visitor().GetAsync(path, Ct);

        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldNotContain("Ab3dEf6hIj9lMn2p");
    }

    [Theory, BothStores]
    public async Task OfficialAccount_IsForOwnersOfThePlatform(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        await owner.AddUserAsync("operator", "operator");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.AddOtherTenantAsync("other@example.com");
        var (theirs, oper) = (await app.SignInAsync("other@example.com", TestAccounts.Password), await app.SignInAsync("operator", TestAccounts.Password));

        foreach (var client in new[] { theirs, oper })
        {
            await client.GetAsync(Api, Ct).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PostAsJsonAsync($"{Api}/check", new { }, Ct).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PostAsJsonAsync($"{Api}/verify-files", new { name = Name, content = "abc" }, Ct).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.DeleteAsync($"{Api}/verify-files/00000000001", Ct).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Theory, BothStores]
    public async Task Check_SaysWhatIsInTheWay_AndNeverTheSecret(Store store)
    {
        await using var plain = await HuomaApp.StartAsync(store);
        var none = await CheckAsync(await plain.SignInAsync());
        (none.Single().Flag("ok"), none.Single().Text("check")).ShouldBe((false, "settings"));
        none.Single().Text("message").ShouldContain("Huoma__OfficialAccount__AppId");

        await using var world = await WeChatWorld.StartAsync(store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:PublicUrl"] = "https://hm.example.com" });
        var owner = world.Console.Http;
        var shown = await owner.GetAsync(Api, Ct).JsonAsync();
        (shown.Flag("configured"), shown.Text("appId"), shown.Text("domain"), shown.Flag("elsewhere")).ShouldBe((true, FakeWeChat.AppId, "hm.example.com", true));
        shown.ToString().ShouldNotContain(FakeWeChat.Secret);
        (await CheckAsync(owner)).ShouldAllBe(item => item.Flag("ok"));

        foreach (var (errcode, part) in new[] { (40164, "IP 白名单"), (40125, "AppSecret"), (40013, "AppId"), (48001, "权限") })
        {
            world.WeChat.Fail("stable_token", errcode);
            var item = (await CheckAsync(owner)).Single(one => one.Text("check") == "api");
            (item.Flag("ok"), item.Text("message").Contains(part, StringComparison.Ordinal)).ShouldBe((false, true), item.Text("message"));
            item.Text("message").ShouldNotContain(FakeWeChat.Secret);
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> CheckAsync(HttpClient owner) =>
        [.. (await owner.PostAsJsonAsync($"{Api}/check", new { }, Ct).JsonAsync()).At("items").EnumerateArray()];
}
