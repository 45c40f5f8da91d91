using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.Server.OfficialAccount.Sharing;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>公众号 in the simulator: WeChat's addresses, and the numbers WeChat answers.</summary>
public sealed class SimOfficialAccountTests
{
    private const string Authorize = "/sim/connect/oauth2/authorize";

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Huoma:Simulator:Enabled"] = "true",
        ["Huoma:OfficialAccount:AppId"] = FakeWeChat.AppId,
        ["Huoma:OfficialAccount:Secret"] = FakeWeChat.Secret,
        ["Huoma:OfficialAccount:ApiBase"] = "http://localhost/sim",
        ["Huoma:OfficialAccount:AuthorizeBase"] = "http://localhost/sim",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task WebLogin_GoesAsAtWeChat(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Settings);
        var http = app.Visitor();
        var person = await PersonAsync(http);

        (await http.GetStringAsync(Address("snsapi_base"), Ct)).ShouldContain("这部手机的微信是谁");
        var silent = await CodeAsync(http, $"{Address("snsapi_base")}&as={person}");
        var token = await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code={silent}");
        var openId = token.Text("openid");
        token.TryGetProperty("unionid", out _).ShouldBeFalse("only with the profile");
        (await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code={silent}")).Number("errcode").ShouldBe(40163);
        (await GetAsync(http, $"sns/userinfo?access_token={token.Text("access_token")}&openid={openId}")).Number("errcode").ShouldBe(48001);

        // The phone is known from now on; for the profile it asks.
        var consent = await http.GetStringAsync(Address("snsapi_userinfo"), Ct);
        consent.ShouldContain("申请获取你的昵称");
        consent.ShouldContain("小&lt;王&gt;");
        Query(await SentAsync(http, $"{Address("snsapi_userinfo")}&allow=false")).ShouldNotContain("code=");
        var agreed = await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code={await CodeAsync(http, $"{Address("snsapi_userinfo")}&allow=true")}");
        var user = await GetAsync(http, $"sns/userinfo?access_token={agreed.Text("access_token")}&openid={openId}");
        (user.Text("nickname"), agreed.Text("openid")).ShouldBe(("小<王>", openId));
        var avatar = await http.GetAsync(new Uri(user.Text("headimgurl")).AbsolutePath, Ct);
        avatar.Content.Headers.ContentType?.MediaType.ShouldBe("image/png");

        var snapshot = await CodeAsync(http, $"{Address("snsapi_base")}&as={person}.snapshot");
        var virtualOne = await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code={snapshot}");
        (virtualOne.Number("is_snapshotuser"), virtualOne.Text("openid") == openId).ShouldBe((1L, false));
    }

    [Theory, BothStores]
    public async Task Errors_HaveWeChatsNumbers(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Settings);
        var http = app.Visitor();
        var person = await PersonAsync(http);
        var code = await CodeAsync(http, $"{Address("snsapi_base")}&as={person}");

        (await GetAsync(http, $"sns/oauth2/access_token?appid=wx1&secret={FakeWeChat.Secret}&code={code}")).Number("errcode").ShouldBe(40013);
        (await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret=x&code={code}")).Number("errcode").ShouldBe(40125);
        (await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code=x")).Number("errcode").ShouldBe(40029);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await GetAsync(http, $"sns/oauth2/access_token?appid={FakeWeChat.AppId}&secret={FakeWeChat.Secret}&code={code}")).Number("errcode").ShouldBe(42003);
        (await GetAsync(http, "cgi-bin/ticket/getticket?access_token=x&type=jsapi")).Number("errcode").ShouldBe(40001);
        (await http.GetStringAsync($"{Address("snsapi_base").Replace("localhost", "evil.example", StringComparison.Ordinal)}&as={person}", Ct)).ShouldContain("10003");
        (await http.GetStringAsync(Address("snsapi_base").Replace(FakeWeChat.AppId, "wx1", StringComparison.Ordinal), Ct)).ShouldContain("10005");
    }

    [Theory, BothStores]
    public async Task Script_TrustsSignedPagesOnly(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Settings);
        var http = app.Visitor();
        http.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        var told = await http.PostAsJsonAsync("/sim/cgi-bin/stable_token", new { grant_type = "client_credential", appid = FakeWeChat.AppId, secret = FakeWeChat.Secret }, Ct).JsonAsync();
        var ticket = (await GetAsync(http, $"cgi-bin/ticket/getticket?access_token={told.Text("access_token")}&type=jsapi")).Text("ticket");
        Task<JsonElement> Verify(string url, string signedFor) => http.PostAsJsonAsync(
            "/sim/api/js-config", new { appId = FakeWeChat.AppId, timestamp = 1, nonceStr = "n", signature = PageSignature.Of(ticket, "n", 1, signedFor), url }, Ct).JsonAsync();

        (await Verify("http://localhost/t/a", "http://localhost/t/a")).Flag("ok").ShouldBeTrue();
        (await Verify("http://localhost/t/a?x=1", "http://localhost/t/a")).Text("errMsg").ShouldBe("config:invalid signature");
        (await Verify("http://evil.example/t/a", "http://evil.example/t/a")).Text("errMsg").ShouldBe("config:invalid url domain");
    }

    private static string Address(string scope) =>
        $"{Authorize}?appid={FakeWeChat.AppId}&redirect_uri={Uri.EscapeDataString("http://localhost/oauth/wechat/callback/abc")}&response_type=code&scope={scope}&state=s1";

    private static async Task<string> PersonAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sim/api/people") { Content = JsonContent.Create(new { name = "小<王>" }) };
        request.Headers.Add("X-Huoma-Simulator", "1");
        return (await http.SendAsync(request, Ct).JsonAsync()).Id();
    }

    private static async Task<string> CodeAsync(HttpClient http, string address) => System.Web.HttpUtility.ParseQueryString(Query(await SentAsync(http, address)))["code"].ShouldNotBeNull();

    private static string Query(string location) => location[location.IndexOf('?', StringComparison.Ordinal)..];

    private static async Task<string> SentAsync(HttpClient http, string address)
    {
        var answer = await http.GetAsync(address, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync(Ct));
        var location = answer.Headers.Location.ShouldNotBeNull().OriginalString;
        location.ShouldStartWith("/oauth/wechat/callback/abc?state=s1");
        return location;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path) => JsonDocument.Parse(await http.GetStringAsync($"/sim/{path}", Ct)).RootElement;
}
