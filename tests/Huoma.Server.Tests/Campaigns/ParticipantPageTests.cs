using System.Net;
using System.Text;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>The participants' pages and rewards (contract 3, F190–F196, U8).</summary>
public sealed class ParticipantPageTests
{
    private const string Secret = "gift.example.com";

    [Theory, BothStores]
    public async Task Poster_ShowsTokenAndShareLink_AsOneJpeg(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var phone = world.NewPhone();

        var page = await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldContain("您的邀请口令是:");
        page.Html.ShouldContain("(长按复制)");
        page.Html.ShouldNotContain(Secret);
        Encoding.UTF8.GetByteCount(page.Html).ShouldBeLessThan(30 * 1024);
        page.Answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        page.Answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        page.Answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        var inviter = await world.TakePartAsync(phone);
        Huoma.Domain.Campaigns.InviteToken.Find(inviter.Token).ShouldBe(inviter.Token);

        var address = System.Text.RegularExpressions.Regex.Match(page.Html, "src=\"(/t/[^\"]+jpg)\"").Groups[1].Value;
        var jpeg = await phone.Http.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        (await world.Console.UploadBytesAsync(jpeg, "slot")).Text("qr.payload").ShouldEndWith($"/q/{inviter.Key}");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}/poster/0000000000-1.jpg")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.NewPhone().OpenAsync(HttpMethod.Get, "/t/nosuchkey1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.NewPhone().ScanAsync("nosuchkey1")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothStores]
    public async Task Robots_LeaveNoTrace(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);

        (await world.NewPhone().OpenAsync(HttpMethod.Head, $"/t/{world.Key}")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}", ("Sec-Purpose", "prefetch"))).State.ShouldBe("preview");

        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/participants")).Number("total").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task States_HavePagesOfTheirOwn(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        var path = $"campaigns/{world.Campaign.Id()}";
        async Task StateAsync(string state, object change)
        {
            await world.Console.PatchAsync(path, change);
            var page = await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}");
            (page.Status, page.State).ShouldBe((HttpStatusCode.OK, state));
        }

        await StateAsync("paused", new { paused = true });
        await StateAsync("not-begun", new { paused = false, startsAt = world.App.Clock.GetUtcNow().AddHours(1) });
        await StateAsync("ended", new { startsAt = (string?)null, endsAt = world.App.Clock.GetUtcNow() });
        (await world.ProgressAsync(inviter.Phone)).Html.ShouldContain("活动已结束");
        await StateAsync("poster", new { endsAt = (string?)null });
        await world.Console.PatchAsync($"codes/{world.Code.Id()}", new { status = "off" });
        await StateAsync("code-off", new { });
        await world.Console.PatchAsync($"codes/{world.Code.Id()}", new { status = "on" });
        await world.Console.SendAsync(HttpMethod.Delete, $"codes/{world.Code.Id()}");
        await StateAsync("code-off", new { });
    }

    [Theory, BothStores]
    public async Task Progress_IsByPhoneOrByToken_AndWrongTokensAreThrottled(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 3);
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");

        var own = await world.ProgressAsync(inviter.Phone);
        own.Html.ShouldContain("您参与的任务 邀请好友一起读书 下的状态如下哦");
        own.Html.ShouldContain("您已邀请 1 人，还需邀请 2 人");
        own.Html.ShouldContain("成*");
        own.Html.ShouldNotContain("成员w1");

        var stranger = world.NewPhone();
        (await world.ProgressAsync(stranger)).State.ShouldBe("ask-token");
        var looked = await world.PostAsync(stranger, "progress", $"口令：{inviter.Token} ");
        looked.State.ShouldBe("progress");
        looked.Html.ShouldContain("您已邀请 1 人");
        looked.Html.ShouldNotContain("成*", Case.Sensitive, "numbers only");

        for (var guess = 0; guess < 10; guess++)
        {
            (await world.PostAsync(stranger, "progress", $"ABC000000{guess}xyz")).Html.ShouldContain("口令不存在，请检查后重新输入");
        }

        var throttled = await world.PostAsync(stranger, "progress", inviter.Token);
        (throttled.Status, throttled.State).ShouldBe((HttpStatusCode.TooManyRequests, "throttled"));
        throttled.Answer.Headers.RetryAfter.ShouldNotBeNull();
        (await world.ProgressAsync(inviter.Phone)).State.ShouldBe("progress", "his own phone need not guess");
    }

    [Theory, BothStores]
    public async Task Link_IsShownOnlyToWhoEarnedIt(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var inviter = await world.TakePartAsync();
        (await world.ClaimAsync(inviter.Phone)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await world.ClaimAsync(inviter.Phone)).Html.ShouldNotContain(Secret);
        await world.BringAsync(inviter, "w1");
        await world.BringAsync(inviter, "w2");

        var progress = await world.ProgressAsync(inviter.Phone);
        progress.State.ShouldBe("completed");
        progress.Html.ShouldContain("恭喜!您已完成任务!");
        progress.Html.ShouldContain("您还超额邀请了 1 人");
        progress.Html.ShouldContain("领取福利");
        progress.Html.ShouldNotContain(Secret);

        // Somebody who knows the 口令 alone gets nothing.
        var thief = world.NewPhone();
        (await world.PostAsync(thief, "claim", inviter.Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var other = await world.TakePartAsync(thief);
        (await world.PostAsync(other.Phone, "claim", inviter.Token)).State.ShouldBe("not-yours");
        (await world.ParticipantAsync(inviter)).Flag("claimed").ShouldBeFalse();

        var claimed = await world.ClaimAsync(inviter.Phone);
        (claimed.Status, claimed.State).ShouldBe((HttpStatusCode.OK, "reward"));
        claimed.Html.ShouldContain("https://gift.example.com/secret");
        (await world.ParticipantAsync(inviter)).Flag("claimed").ShouldBeTrue();
        (await world.ProgressAsync(inviter.Phone)).State.ShouldBe("claimed");
    }

    [Theory, BothStores]
    public async Task LastCode_GoesToOne_HoweverManyClaimAtOnce(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, new { kind = "codes" }, goal: 1);
        await world.StockAsync("福利码", "CODE-1", "CODE-1");
        var first = await world.TakePartAsync();
        var second = await world.TakePartAsync();
        await world.BringAsync(first, "w1");
        await world.BringAsync(second, "w2");

        var pages = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => world.ClaimAsync(index % 2 == 0 ? first.Phone : second.Phone)));

        pages.ShouldAllBe(page => page.Status == HttpStatusCode.OK);
        var winners = new[] { (await world.ParticipantAsync(first)).Flag("claimed"), (await world.ParticipantAsync(second)).Flag("claimed") };
        winners.Count(won => won).ShouldBe(1);
        pages.Count(page => page.Html.Contains("CODE-1", StringComparison.Ordinal)).ShouldBe(6, "the winner sees it each time");
        pages.Count(page => page.State == "out-of-stock").ShouldBe(6);
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).Text("status").ShouldBe("ended");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}")).State.ShouldBe("out-of-stock");
        (await world.Console.GetAsync("notices")).At("items").EnumerateArray().Count(notice => notice.Text("kind") == "rewards-out").ShouldBe(1);

        // More codes take the end back; who missed it gets one.
        await world.StockAsync("CODE-2");
        var late = winners[0] ? second : first;
        (await world.ClaimAsync(late.Phone)).Html.ShouldContain("CODE-2");
    }

    [Theory, BothStores]
    public async Task OneTimeLink_OpensOnce_OnItsOwnersPhoneOnly(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, new { kind = "signed-link", url = "https://gift.example.com/secret" }, goal: 1);
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");

        var claimed = await world.ClaimAsync(inviter.Phone);
        claimed.Html.ShouldNotContain(Secret);
        var gift = System.Text.RegularExpressions.Regex.Match(claimed.Html, "/t/[^\"]+/gift/[^\"]+").Value;

        (await world.NewPhone().OpenAsync(HttpMethod.Get, gift)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await world.TakePartAsync()).Phone.OpenAsync(HttpMethod.Get, gift)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await inviter.Phone.OpenAsync(HttpMethod.Get, gift[..^2] + "AA")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await inviter.Phone.OpenAsync(HttpMethod.Get, gift, ("Sec-Purpose", "prefetch"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var opened = await inviter.Phone.OpenAsync(HttpMethod.Get, gift);
        (opened.Status, opened.Answer.Headers.Location).ShouldBe((HttpStatusCode.SeeOther, new Uri("https://gift.example.com/secret")));
        opened.Answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        (await inviter.Phone.OpenAsync(HttpMethod.Get, gift)).Status.ShouldBe(HttpStatusCode.Gone);
        (await world.ClaimAsync(inviter.Phone)).State.ShouldBe("gift-used");
    }

    [Theory, BothStores]
    public async Task Guessing_FromManyPlaces_IsToldToTheOperatorOnce(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:TrustedProxies"] = "127.0.0.1" });
        var inviter = await world.TakePartAsync();
        for (var place = 1; place <= 6; place++)
        {
            var phone = world.NewPhone();
            phone.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.0.0.{place}");
            for (var guess = 0; guess < 10; guess++)
            {
                (await world.PostAsync(phone, "progress", $"ABC000{place}00{guess}xyz")).State.ShouldBe("wrong-token");
            }
        }

        var notice = (await world.Console.GetAsync("notices")).At("items").EnumerateArray().ShouldHaveSingleItem();
        notice.Text("kind").ShouldBe("token-guessing");
        notice.ToString().ShouldNotContain(inviter.Token);
    }

    [Theory, BothStores]
    public async Task Code_SwitchedOffOrDeleted_IsSaidToBoth(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        var (campaign, code) = ($"campaigns/{world.Campaign.Id()}", $"codes/{world.Code.Id()}");

        await world.Console.PatchAsync(code, new { status = "off" });
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}")).State.ShouldBe("code-off");
        (await world.NewPhone().ScanAsync(inviter.Key)).State.ShouldBe("off-duty");
        (await world.Console.GetAsync(campaign)).Text("obstacle").ShouldContain("已关闭");
        await world.Console.PatchAsync(code, new { status = "on" });
        (await world.Console.GetAsync(campaign)).IsNull("obstacle").ShouldBeTrue();

        await world.Console.SendAsync(HttpMethod.Delete, code);
        var page = await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}");
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "code-off"));
        (await world.ProgressAsync(inviter.Phone)).State.ShouldBe("progress", "what was earned can still be looked at");
        (await world.Console.GetAsync(campaign)).Text("obstacle").ShouldContain("已被删除");
        await world.Console.RefusesAsync(HttpMethod.Patch, code, HttpStatusCode.NotFound, "not-found", new { building = "manual" });
    }
}
