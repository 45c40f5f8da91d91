using System.Globalization;
using System.Text.RegularExpressions;
using Huoma.Server.OfficialAccount.Sharing;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>分享卡片 (F193): signed pages, one ticket for all processes.</summary>
public sealed class SharingTests
{
    private const string Ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";

    [Theory]
    [InlineData("http://mp.weixin.qq.com", "f4d90daf4b3bca3078ab155816175ba34c443a7b")]
    [InlineData("http://mp.weixin.qq.com?params=value", "0f9de62fce790f9a083d5c99e95740ceb90c27ed")]
    [InlineData("http://mp.weixin.qq.com?params=value#anything", "0f9de62fce790f9a083d5c99e95740ceb90c27ed")]
    public void Signature_IsThatOfTheDocuments(string url, string signature) => PageSignature.Of(Ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, url).ShouldBe(signature);

    [Theory, BothStores]
    public async Task Poster_IsSignedForTheAddressTheBrowserShows(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        await world.SignInAsync(phone, "oWang");

        foreach (var rest in new[] { "", "?from=singlemessage&isappinstalled=0&x=%E4%BD%A0" })
        {
            var page = await world.OpenAsync(phone, rest);
            string Of(string name) => System.Net.WebUtility.HtmlDecode(Regex.Match(page.Html, $" data-{name}=\"([^\"]*)\"").Groups[1].Value);

            Of("signature").ShouldBe(PageSignature.Of("ticket-1", Of("nonce"), long.Parse(Of("time"), CultureInfo.InvariantCulture), $"http://localhost/t/{world.Key}{rest}"));
            (Of("app"), Of("title"), Of("desc")).ShouldBe((FakeWeChat.AppId, "邀请好友一起读书", "一起进群，每天读十页"));
            Of("link").ShouldBe($"http://localhost/q/{WeChatWorld.InvitationOf(page)[(WeChatWorld.InvitationOf(page).LastIndexOf('/') + 1)..]}");
            var picture = await phone.Http.GetAsync(new Uri(Of("image")).PathAndQuery, TestContext.Current.CancellationToken);
            picture.Content.Headers.ContentType?.MediaType.ShouldBe("image/jpeg");
            (await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeInRange(500, 32 * 1024);
            page.Html.ShouldContain("src=\"https://res.wx.qq.com/open/js/jweixin-1.6.0.js\"");
            Regex.Match(page.Answer.Headers.GetValues("Content-Security-Policy").Single(), "script-src [^;]*").Value.ShouldMatch("^script-src https://res\\.wx\\.qq\\.com 'sha256-[^']+'$");
            System.Text.Encoding.UTF8.GetByteCount(page.Html).ShouldBeLessThan(30 * 1024);
        }

        (await world.OpenAsync(phone, "/progress")).Answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("res.wx.qq.com");
        (await phone.OpenAsync(HttpMethod.Get, "/q/nosuchkey")).Answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("res.wx.qq.com");
    }

    [Theory, BothStores]
    public async Task Ticket_IsFetchedOnce_ByAllProcesses_AndAnewBeforeItEnds(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        await using var another = world.App.StartAnother();
        var phone = world.NewPhone();
        await world.SignInAsync(phone, "oWang");

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.OpenAsync(phone)));
        pages.ShouldAllBe(page => page.Html.Contains("jweixin", StringComparison.Ordinal));
        var other = new Phone(another.Visitor());
        var sent = WeChatWorld.SentBy(await other.OpenAsync(HttpMethod.Get, $"/t/{world.Key}"));
        await WeChatWorld.ReturnAsync(other, sent, world.WeChat.Code("oWang"));
        (await other.OpenAsync(HttpMethod.Get, $"/t/{world.Key}")).Html.ShouldContain("jweixin");
        (world.WeChat.CountOf("stable_token"), world.WeChat.CountOf("getticket")).ShouldBe((1, 1));

        // Five minutes before its end; the token that was kept is no longer good by then.
        world.App.Clock.Advance(TimeSpan.FromSeconds(7_200 - 299));
        (world.WeChat.Token, world.WeChat.Ticket) = ("token-2", "ticket-2");
        (await world.OpenAsync(phone)).Html.ShouldContain("jweixin");
        (world.WeChat.CountOf("stable_token"), world.WeChat.CountOf("getticket")).ShouldBe((2, 2));
    }

    [Theory, BothStores]
    public async Task StaleToken_IsFetchedAnew_AndTheTicketOnceMore(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        world.WeChat.Fail("getticket", 40001);

        (await world.SignInAsync(phone, "oWang")).Html.ShouldContain("jweixin");

        (world.WeChat.CountOf("stable_token"), world.WeChat.CountOf("getticket")).ShouldBe((2, 2));
    }

    [Theory, BothStores]
    public async Task WithoutTicket_ThePageGoesWithout_AndIsNotAskedForByEveryPage(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        world.WeChat.Fail("stable_token", 40164);

        var page = await world.SignInAsync(phone, "oWang");

        (page.State, page.Html.Contains("jweixin", StringComparison.Ordinal)).ShouldBe(("poster", false));
        (await world.OpenAsync(phone)).Html.ShouldNotContain("jweixin");
        world.WeChat.CountOf("stable_token").ShouldBe(1);
        world.App.Clock.Advance(TimeSpan.FromMinutes(2));
        (await world.OpenAsync(phone)).Html.ShouldContain("jweixin");
    }
}
