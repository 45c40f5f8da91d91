using Huoma.Server.Tests.Campaigns;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>Where the group's platform and the 公众号 call one person alike, nothing is guessed (E.3).</summary>
public sealed class UnionIdTests
{
    [Theory, BothStores]
    public async Task WhoSignedIn_IsTheMemberCalledLikeHim_WhateverElseFits(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        var inviter = await SignInAsync(world, weChat, world.NewPhone(), "oInviter");
        var friend = await SignInAsync(world, weChat, world.NewPhone(), "oFriend");
        await world.ScanAsync(inviter, friend.Phone);
        await world.ScanAsync(inviter);
        world.Robot.UnionIds["w1"] = "uoFriend";

        // Long after the time in which a join may be guessed to be his.
        world.App.Clock.Advance(TimeSpan.FromHours(5));
        await world.JoinAsync("w1");

        await CampaignWorld.UntilAsync(async () => (await StatesAsync(world, inviter)).Contains(("valid", "union-id")));
        (await StatesAsync(world, inviter)).ShouldBe([("valid", "union-id"), ("pending", "none")], ignoreOrder: true);
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();
        await world.LeaveAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await StatesAsync(world, inviter)).Contains(("left", "union-id")));
    }

    [Theory, BothStores]
    public async Task WhoSignsInAfterJoining_TakesThePlaceOfAGuess(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        var one = await SignInAsync(world, weChat, world.NewPhone(), "oOne");
        var other = await SignInAsync(world, weChat, world.NewPhone(), "oOther");
        await world.ScanAsync(one);
        world.Robot.UnionIds["w1"] = "uoFriend";
        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(one)).Flag("toBeConfirmed"));
        var friend = await world.ScanAsync(other);
        (await world.OnlyInviteeAsync(other)).Text("state").ShouldBe("pending");

        await SignInAsync(world, weChat, friend, "oFriend");

        (await StatesAsync(world, other)).ShouldBe([("valid", "union-id")]);
        (await StatesAsync(world, one)).ShouldBe([("pending", "none")], "he was taken for somebody else");
        (await world.OnlyInviteeAsync(one)).Flag("toBeConfirmed").ShouldBeFalse();
        (await world.ParticipantAsync(other)).Flag("completed").ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task WhoIsAMemberAlready_IsAnOldMemberAtHisScan_AlsoWhenHeHasLeft(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        world.Robot.UnionIds["w1"] = "uoStays";
        world.Robot.UnionIds["w2"] = "uoLeft";
        await world.JoinAsync("w1");
        await world.JoinAsync("w2");
        await world.LeaveAsync("w2");
        var inviter = await SignInAsync(world, weChat, world.NewPhone(), "oInviter");
        var stays = await SignInAsync(world, weChat, world.NewPhone(), "oStays");
        var left = await SignInAsync(world, weChat, world.NewPhone(), "oLeft");

        await world.ScanAsync(inviter, stays.Phone);
        await world.ScanAsync(inviter, left.Phone);

        await CampaignWorld.UntilAsync(async () => (await world.InviteesAsync(inviter)).All(friend => friend.Text("reason") == "old-member"));
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task WhoTurnedOutToBeAnother_IsNotConfirmed_WhenTheMemberSaysTheToken(Store store)
    {
        await using var weChat = await FakeWeChat.StartAsync();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, settings: weChat.Settings);
        var inviter = await SignInAsync(world, weChat, world.NewPhone(), "oInviter");
        var friend = await world.ScanAsync(inviter);
        world.Robot.UnionIds["w1"] = "uoSomebody";
        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Flag("toBeConfirmed"));
        await SignInAsync(world, weChat, friend, "oFriend");

        await world.SayAsync("w1", inviter.Token);

        await CampaignWorld.UntilAsync(async () => !(await world.OnlyInviteeAsync(inviter)).Flag("toBeConfirmed"));
        (await StatesAsync(world, inviter)).ShouldBe([("pending", "none")]);
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeFalse();
    }

    private static async Task<IReadOnlyList<(string State, string Evidence)>> StatesAsync(CampaignWorld world, Inviter inviter) =>
        [.. (await world.InviteesAsync(inviter)).Select(friend => (friend.Text("state"), friend.Text("evidence")))];

    /// <summary>Takes part, and gives his name: only then WeChat tells a unionid.</summary>
    private static async Task<Inviter> SignInAsync(CampaignWorld world, FakeWeChat weChat, Phone phone, string openId)
    {
        var inviter = await MergeTests.SignInAsync(world, weChat, phone, openId);
        var sent = WeChatWorld.SentBy(await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}/avatar"));
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, weChat.Code(openId, withProfile: true))).ShouldBe($"/t/{world.Key}");
        return inviter;
    }
}
