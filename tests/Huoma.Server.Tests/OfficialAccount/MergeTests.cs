using System.Net;
using Huoma.Server.Tests.Campaigns;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>One person with several cookies: one participation, friends once, one reward (D25, U8).</summary>
public sealed class MergeTests
{
    [Theory, BothStores]
    public async Task OwnSecondCookie_IsSelf_AlsoAfterItCounted(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        var inviter = await SignInAsync(world, weChat, world.NewPhone(), "oWang");

        // His own second browser scans, joins and says the token: he has reached the goal by himself.
        var second = await world.BringAsync(inviter, "w1");
        await CampaignWorld.UntilAsync(async () => (await world.ParticipantAsync(inviter)).Flag("completed"));

        var again = await SignInAsync(world, weChat, second, "oWang");

        again.Token.ShouldBe(inviter.Token);
        (await world.OnlyInviteeAsync(inviter)).Text("reason").ShouldBe("self");
        var participant = await world.ParticipantAsync(inviter);
        (participant.Number("invited"), participant.Flag("completed")).ShouldBe((0L, false));
        (await world.ClaimAsync(second)).State.ShouldBe("not-completed");
        await world.ScanAsync(inviter, world.NewPhone());
        (await world.InviteesAsync(inviter)).Count.ShouldBe(2);

        // Known by now, he is himself at once.
        await second.ScanAsync(inviter.Key);
        await world.BringAsync(inviter, "w2");
        (await world.InviteesAsync(inviter)).Count(friend => friend.Text("reason") == "self").ShouldBe(1);
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task TwoParticipations_BecomeOne_AndTheRewardIsReachableOnBothPhones_Once(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, new { kind = "codes" }, goal: 2, settings: weChat.Settings);
        await world.StockAsync("CODE-1", "CODE-2", "CODE-3");
        var old = await TakePartAsync(world, weChat);
        world.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var phone = await TakePartAsync(world, weChat);
        old.Token.ShouldNotBe(phone.Token, "nobody knows yet that they are one");
        await world.BringAsync(old, "w1");
        await world.BringAsync(phone, "w2");

        var first = await SignInAsync(world, weChat, old.Phone, "oWang");
        var second = await SignInAsync(world, weChat, phone.Phone, "oWang");

        second.Token.ShouldBe(first.Token);
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/participants")).Number("total").ShouldBe(1);
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).Number("counts.participants").ShouldBe(1);
        var participant = await world.ParticipantAsync(second);
        (participant.Number("invited"), participant.Flag("completed")).ShouldBe((2L, true));

        // Posters and 口令 that were sent on before still work for him.
        var other = old.Token == second.Token ? phone : old;
        var late = world.NewPhone();
        await late.ScanAsync(other.Key);
        await CampaignWorld.UntilAsync(async () => (await world.InviteesAsync(second)).Count == 3);
        await world.JoinAsync("w3");
        await world.SayAsync("w3", $"口令 {other.Token}");
        await CampaignWorld.UntilAsync(async () => (await world.ParticipantAsync(second)).Number("invited") == 3);
        (await world.PostAsync(world.NewPhone(), "progress", other.Token)).Html.ShouldContain("恭喜");

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => world.ClaimAsync(index % 2 == 0 ? old.Phone : phone.Phone)));
        pages.ShouldAllBe(page => page.Status == HttpStatusCode.OK && page.State == "reward");
        pages.Select(page => System.Text.RegularExpressions.Regex.Match(page.Html, "CODE-[0-9]").Value).Distinct().ShouldHaveSingleItem();
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).Number("counts.claimed").ShouldBe(1);

        // A third phone that knows nothing finds it, too.
        var third = await SignInAsync(world, weChat, world.NewPhone(), "oWang");
        (third.Token, (await world.ClaimAsync(third.Phone)).State).ShouldBe((second.Token, "reward"));
    }

    [Theory, BothStores]
    public async Task ClaimedParticipation_Stands_WhateverTheOtherHas(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        var (many, claimed) = (await TakePartAsync(world, weChat), await TakePartAsync(world, weChat));
        await world.BringAsync(claimed, "w1");
        (await world.ClaimAsync(claimed.Phone)).State.ShouldBe("reward");
        await world.BringAsync(many, "w2");
        await world.BringAsync(many, "w3");

        await SignInAsync(world, weChat, many.Phone, "oWang");
        var merged = await SignInAsync(world, weChat, claimed.Phone, "oWang");

        merged.Token.ShouldBe(claimed.Token);
        (await world.ParticipantAsync(merged)).Number("invited").ShouldBe(3);
        (await world.ClaimAsync(many.Phone)).State.ShouldBe("reward", "the same one again");
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).Number("counts.claimed").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task AFriendWithTwoCookies_CountsOnce(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 3, settings: weChat.Settings);
        var x = await SignInAsync(world, weChat, world.NewPhone(), "oX");
        var y = await SignInAsync(world, weChat, world.NewPhone(), "oY");
        var one = await world.BringAsync(x, "w1");
        var two = await world.BringAsync(y, "w2");
        (await world.ParticipantAsync(y)).Number("invited").ShouldBe(1);
        (await two.PressAsync(y.Key, await two.ScanAsync(y.Key))).ShouldBe(HttpStatusCode.NoContent);

        await SignInAsync(world, weChat, one, "oFriend");
        await SignInAsync(world, weChat, two, "oFriend");

        (await world.ParticipantAsync(x)).Number("invited").ShouldBe(1);
        (await world.ParticipantAsync(y)).Number("invited").ShouldBe(0);
        var friend = await world.OnlyInviteeAsync(y);
        (friend.Text("reason"), friend.Flag("pressedQr")).ShouldBe(("other-inviter", true), "he pressed with the cookie that is no longer his");
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).Number("counts.pressed").ShouldBe(1);
    }

    /// <summary>Without signing in: it was tried, and WeChat was busy.</summary>
    private static async Task<Inviter> TakePartAsync(CampaignWorld world, FakeWeChat weChat)
    {
        var phone = world.NewPhone();
        weChat.Fail("access_token", -1, -1);
        var sent = WeChatWorld.SentBy(await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}"));
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, weChat.Code("oNobody"))).ShouldBe($"/t/{world.Key}?wx=off");
        return await world.TakePartAsync(phone);
    }

    /// <summary>Opens the page, after enough time that it is tried again.</summary>
    internal static async Task<Inviter> SignInAsync(CampaignWorld world, FakeWeChat weChat, Phone phone, string openId)
    {
        world.App.Clock.Advance(TimeSpan.FromMinutes(11));
        var sent = WeChatWorld.SentBy(await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}"));
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, weChat.Code(openId))).ShouldBe($"/t/{world.Key}");
        return CampaignWorld.InviterOn(phone, await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}"));
    }
}
