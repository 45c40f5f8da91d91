using System.Net;
using Huoma.Server.OfficialAccount;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>网页授权 (D25): once silently, never a dead end, never a loop.</summary>
public sealed class SignInTests
{
    [Theory, BothStores]
    public async Task Visitor_IsSignedInSilently_Once(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();

        var sent = await world.LeaveAsync(phone);

        sent.Address.GetLeftPart(UriPartial.Path).ShouldBe("https://open.weixin.qq.com/connect/oauth2/authorize");
        (sent.Of("appid"), sent.Of("response_type"), sent.Of("scope"), sent.Address.Fragment).ShouldBe((FakeWeChat.AppId, "code", "snsapi_base", "#wechat_redirect"));
        sent.Of("redirect_uri").ShouldBe($"http://localhost/oauth/wechat/callback/{world.Key}");
        sent.State.ShouldMatch("^[A-Za-z0-9]{32}$");
        sent.Address.Query.ShouldNotContain(FakeWeChat.Secret);
        (await world.ParticipantsAsync()).ShouldBeEmpty("nobody takes part before he is back");

        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang"))).ShouldBe($"/t/{world.Key}", "without the code");
        var page = await world.OpenAsync(phone);
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "poster"));
        WeChatWorld.TokenOf(await world.OpenAsync(phone)).ShouldBe(WeChatWorld.TokenOf(page));
        world.WeChat.CountOf("access_token").ShouldBe(1);
        (await world.ParticipantsAsync()).ShouldHaveSingleItem().IsNull("nickname").ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task OtherPhone_FindsTheSameParticipation(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var token = WeChatWorld.TokenOf(await world.SignInAsync(world.NewPhone(), "oWang"));
        var phone = world.NewPhone();

        WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang")).ShouldBe(token);
        (await world.OpenAsync(phone, "/progress")).State.ShouldBe("progress");

        var forgetful = world.NewPhone();
        (await world.SignInAsync(forgetful, "oWang", "/progress")).State.ShouldBe("progress", "the progress page signs in, too");
        WeChatWorld.TokenOf(await world.OpenAsync(forgetful)).ShouldBe(token);
        WeChatWorld.TokenOf(await world.SignInAsync(world.NewPhone(), "oLi")).ShouldNotBe(token);
        (await world.ParticipantsAsync()).Count.ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task TwoAccounts_OnOnePhone_AreTwoPeople(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        var first = WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang"));

        // The cookie is Wang's; Li agrees to give his name, and so tells who he is.
        var sent = await world.LeaveAsync(phone, "/avatar");
        await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oLi", withProfile: true));
        var second = WeChatWorld.TokenOf(await world.OpenAsync(phone));

        second.ShouldNotBe(first);
        WeChatWorld.TokenOf(await world.SignInAsync(world.NewPhone(), "oWang")).ShouldBe(first);
        WeChatWorld.TokenOf(await world.SignInAsync(world.NewPhone(), "oLi")).ShouldBe(second);
    }

    [Theory, BothStores]
    public async Task SignIns_AtOnce_AreOnePerson(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phones = Enumerable.Range(0, 8).Select(_ => world.NewPhone()).ToList();
        var sent = await Task.WhenAll(phones.Select(phone => world.LeaveAsync(phone)));

        var back = await Task.WhenAll(phones.Select((phone, index) => WeChatWorld.ReturnAsync(phone, sent[index], world.WeChat.Code(index % 2 == 0 ? "oWang" : "oLi"))));
        back.Select(WeChatWorld.LocationOf).ShouldAllBe(location => location == $"/t/{world.Key}");
        var pages = await Task.WhenAll(phones.Select(phone => world.OpenAsync(phone)));

        pages.Select(WeChatWorld.TokenOf).Distinct().Count().ShouldBe(2);
        (await world.ParticipantsAsync()).Count.ShouldBe(2);

        // The same way back twice at once: one of them is too late, and nothing is wrong.
        var phone = world.NewPhone();
        var way = await world.LeaveAsync(phone);
        var code = world.WeChat.Code("oZhang");
        await Task.WhenAll(WeChatWorld.ReturnAsync(phone, way, code), WeChatWorld.ReturnAsync(phone, way, code));
        world.WeChat.CountOf("access_token").ShouldBe(9, "a code is sent once");
        (await world.OpenAsync(phone)).State.ShouldBe("poster");
    }

    [Theory, BothStores]
    public async Task ForgedReplayedAndLateReturns_ChangeNothing_AndShowThePage(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var (phone, thief) = (world.NewPhone(), world.NewPhone());
        var sent = await world.LeaveAsync(phone);
        var without = $"/t/{world.Key}?wx=off";

        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(thief, sent, world.WeChat.Code("oThief"))).ShouldBe(without, "without a cookie");
        await world.LeaveAsync(thief);
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(thief, sent, world.WeChat.Code("oThief"))).ShouldBe(without, "with another's");
        WeChatWorld.LocationOf(await phone.OpenAsync(HttpMethod.Get, $"{sent.Back}?code=x&state={new string('a', 32)}")).ShouldBe(without);
        WeChatWorld.LocationOf(await phone.OpenAsync(HttpMethod.Get, $"{sent.Back}?code=x&state={sent.State[..^1]}")).ShouldBe(without);
        WeChatWorld.LocationOf(await phone.OpenAsync(HttpMethod.Get, $"{sent.Back}?code=x")).ShouldBe(without);
        WeChatWorld.LocationOf(await phone.OpenAsync(HttpMethod.Get, sent.Back)).ShouldBe(without);
        world.WeChat.CountOf("access_token").ShouldBe(0);

        var code = world.WeChat.Code("oWang");
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, code)).ShouldBe($"/t/{world.Key}");
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, code)).ShouldBe(without, "a refresh sends the same again");
        world.WeChat.CountOf("access_token").ShouldBe(1);
        (await world.OpenAsync(phone, "?wx=off")).State.ShouldBe("poster");

        var slow = world.NewPhone();
        var late = await world.LeaveAsync(slow);
        world.App.Clock.Advance(TimeSpan.FromMinutes(10));
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(slow, late, world.WeChat.Code("oLi"))).ShouldBe(without);
        world.WeChat.CountOf("access_token").ShouldBe(1);
    }

    [Theory]
    [InlineData(40029)]
    [InlineData(40163)]
    [InlineData(40125)]
    [InlineData(42001)]
    [InlineData(-1, -1)]
    [InlineData(45011)]
    public async Task Errors_OfWeChat_LeaveThePageAsItWas(params int[] errcodes)
    {
        await using var world = await WeChatWorld.StartAsync(Store.Sqlite);
        var phone = world.NewPhone();
        world.WeChat.Fail("access_token", errcodes);
        var sent = await world.LeaveAsync(phone);

        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang"))).ShouldBe($"/t/{world.Key}?wx=off");

        var page = await world.OpenAsync(phone, "?wx=off");
        page.State.ShouldBe("poster");
        WeChatWorld.TokenOf(await world.OpenAsync(phone)).ShouldBe(WeChatWorld.TokenOf(page), "not sent away again at once");
        world.App.Clock.Advance(TimeSpan.FromMinutes(11));
        WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang")).ShouldBe(WeChatWorld.TokenOf(page), "but later, and then it is the same participation");
    }

    [Fact]
    public async Task BusyOnce_IsAskedOnceMore()
    {
        await using var world = await WeChatWorld.StartAsync(Store.Sqlite);
        world.WeChat.Fail("access_token", -1);

        (await world.SignInAsync(world.NewPhone(), "oWang")).State.ShouldBe("poster");

        world.WeChat.CountOf("access_token").ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task WeChat_DownOrSilent_IsNoDeadEnd(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var (phone, other) = (world.NewPhone(), world.NewPhone());
        var sent = await world.LeaveAsync(phone);
        var sentOther = await world.LeaveAsync(other);
        var never = new TaskCompletionSource();
        world.WeChat.Until = never.Task;

        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang"))).ShouldBe($"/t/{world.Key}?wx=off");
        (await world.OpenAsync(phone, "?wx=off")).State.ShouldBe("poster");

        never.SetResult();
        await world.WeChat.DisposeAsync();
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(other, sentOther, "x")).ShouldBe($"/t/{world.Key}?wx=off");
        (await world.OpenAsync(other, "?wx=off")).State.ShouldBe("poster");
    }

    [Theory, BothStores]
    public async Task SnapshotUser_IsNobody_AndToldToUseTheFullService(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        var sent = await world.LeaveAsync(phone);
        var code = world.WeChat.Code("oVirtual", isSnapshot: true);

        var page = await WeChatWorld.ReturnAsync(phone, sent, code);

        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "snapshot"));
        page.Html.ShouldContain("使用完整服务");
        (await world.ParticipantsAsync()).ShouldBeEmpty();

        // 使用完整服务 loads the same address again, with whatever cookies there are.
        var real = world.NewPhone();
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(real, sent, code)).ShouldBe($"/t/{world.Key}");
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, code)).ShouldBe($"/t/{world.Key}");
        (await world.SignInAsync(phone, "oWang")).State.ShouldBe("poster");
        world.WeChat.CountOf("access_token").ShouldBe(2);
        (await world.ParticipantsAsync()).ShouldHaveSingleItem();
    }

    [Theory, BothStores]
    public async Task Elsewhere_AndForPreviews_NobodyIsSentAway(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        const string desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36";

        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}", ("User-Agent", desktop))).State.ShouldBe("poster");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}", ("User-Agent", $"{desktop} wxwork/4.1 MicroMessenger/7.0"))).State.ShouldBe("poster");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}/progress", ("User-Agent", desktop))).State.ShouldBe("ask-token");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}", ("Sec-Purpose", "prefetch"))).State.ShouldBe("preview");
        (await world.NewPhone().OpenAsync(HttpMethod.Head, $"/t/{world.Key}")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}/avatar", ("User-Agent", desktop))).Answer.Headers.Location?.OriginalString.ShouldBe($"/t/{world.Key}");

        // A phone that keeps no cookies is sent once an opening, and never in circles.
        var phone = new Phone(world.App.Visitor(keepsCookies: false));
        var sent = await world.LeaveAsync(phone);
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang"))).ShouldBe($"/t/{world.Key}?wx=off");
        (await world.OpenAsync(phone, "?wx=off")).State.ShouldBe("poster");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("https:%2F%2Fevil.example")]
    [InlineData("..%2F..%2Fevil")]
    [InlineData("%5Cevil.example")]
    [InlineData("nosuchkey1")]
    public async Task Return_LeadsNowhereElse(string key)
    {
        await using var world = await WeChatWorld.StartAsync(Store.Sqlite);
        var phone = world.NewPhone();
        var sent = await world.LeaveAsync(phone);

        var page = await phone.OpenAsync(HttpMethod.Get, $"/oauth/wechat/callback/{key}?code={world.WeChat.Code("oWang")}&state={sent.State}&redirect_uri=https://evil.example&returnUrl=//evil.example");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Answer.Headers.Location.ShouldBeNull();
        world.WeChat.CountOf("access_token").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task WithoutOfficialAccount_EverythingIsAsBefore(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(
            store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:OfficialAccount:AppId"] = null, ["Huoma:OfficialAccount:Secret"] = null });
        var phone = world.NewPhone();

        var page = await world.OpenAsync(phone);

        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "poster"));
        page.Html.ShouldNotContain("jweixin");
        page.Html.ShouldNotContain("微信头像");
        page.Answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("http");
        (await world.OpenAsync(world.NewPhone(), "/progress")).State.ShouldBe("ask-token");
        WeChatWorld.LocationOf(await world.OpenAsync(phone, "/avatar")).ShouldBe($"/t/{world.Key}");
        WeChatWorld.LocationOf(await phone.OpenAsync(HttpMethod.Get, $"/oauth/wechat/callback/{world.Key}?code=x&state=y")).ShouldBe($"/t/{world.Key}?wx=off");
        world.WeChat.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AppId", "wx0123456789abcdef")]
    [InlineData("Secret", "0123456789abcdef")]
    [InlineData("ApiBase", "http://api.weixin.qq.com")]
    [InlineData("AuthorizeBase", "https://open.weixin.qq.com/?x=1")]
    [InlineData("ScriptUrl", "//res.wx.qq.com/x.js")]
    public async Task WrongSettings_StopTheStart(string name, string value)
    {
        OfficialAccountOptions.WrongPair.ShouldStartWith("Huoma:OfficialAccount:AppId");
        OfficialAccountOptions.WrongBase.ShouldStartWith("Huoma:OfficialAccount:ApiBase");

        await Should.ThrowAsync<Exception>(() => HuomaApp.StartAsync(Store.Sqlite, new Dictionary<string, string?>(StringComparer.Ordinal) { [$"Huoma:OfficialAccount:{name}"] = value }));
    }

    [Theory]
    [InlineData("wx0123456789abcdef", "0123456789abcdef", true)]
    [InlineData(null, null, true)]
    [InlineData("", "", true)]
    [InlineData("wx0123456789abcdef", null, false)]
    [InlineData("wx 0123", "0123456789abcdef", false)]
    [InlineData("wx0123456789abcdef\n", "0123456789abcdef", false)]
    public void Settings_BelongTogether(string? appId, string? secret, bool isPair) => new OfficialAccountOptions { AppId = appId, Secret = secret }.IsPair.ShouldBe(isPair);
}
