using System.Net;
using Dapper;
using Huoma.Server.Campaigns.Invitations;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>Who is an invited friend (E.3, E.5 item 11).</summary>
public sealed class InvitationTests
{
    [Theory, BothStores]
    public async Task Friend_CountsOnceHeJoinedAndSaidSo_AndLeavesAgain(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var inviter = await world.TakePartAsync();
        (await world.TakePartAsync(inviter.Phone)).ShouldBe(inviter, "the same phone is the same participant");
        await world.ScanAsync(inviter);

        var scanned = await world.OnlyInviteeAsync(inviter);
        (scanned.Text("state"), scanned.Flag("toBeConfirmed"), scanned.IsNull("joinedAt")).ShouldBe(("pending", false, true));
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(0, "a click is not a join");

        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Flag("toBeConfirmed"));
        var guessed = await world.OnlyInviteeAsync(inviter);
        (guessed.Text("state"), guessed.Text("evidence"), guessed.Text("nickname"), guessed.Text("group")).ShouldBe(("pending", "only-one", "成员w1", "读书群1"));

        await world.SayAsync("w1", $"口令{inviter.Token}");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Text("state") == "valid");
        var participant = await world.ParticipantAsync(inviter);
        (participant.Number("invited"), participant.Flag("completed"), participant.Flag("claimed")).ShouldBe((1L, true, false));

        // Once more, and leaving and coming back: still one.
        await world.SayAsync("w1", inviter.Token);
        await world.LeaveAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Text("state") == "left");
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(1, "退群后扣减 is off");
        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { deductLeavers = true });
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeFalse();
        (await world.ClaimAsync(inviter.Phone)).State.ShouldBe("not-completed");
        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Text("state") == "valid");
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();

        var counts = (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).At("counts");
        (counts.Number("participants"), counts.Number("scanned"), counts.Number("joined"), counts.Number("valid"), counts.Number("completed"), counts.Number("claimed"))
            .ShouldBe((1L, 1L, 1L, 1L, 1L, 0L));
    }

    [Theory, BothStores]
    public async Task Cheats_AreKeptWithTheirReason_AndCountNothing(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var first = await world.TakePartAsync();
        var second = await world.TakePartAsync();

        await world.ScanAsync(first, first.Phone);
        var friend = await world.ScanAsync(first);
        await world.ScanAsync(second, friend);
        await world.ScanAsync(first, second.Phone);
        await world.ScanAsync(second, first.Phone);

        (await world.InviteesAsync(first)).Select(invitee => invitee.Text("reason")).ShouldBe(["self", "none", "none"], ignoreOrder: true);
        (await world.InviteesAsync(second)).Select(invitee => invitee.Text("reason")).ShouldBe(["other-inviter", "ring"], ignoreOrder: true);

        // The end comes between two scans; the page still shows the group.
        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { endsAt = world.App.Clock.GetUtcNow().AddMinutes(1) });
        world.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.ScanAsync(first);
        (await world.InviteesAsync(first)).Count(invitee => invitee.Text("reason") == "late").ShouldBe(1);
        (await world.ParticipantAsync(first)).Number("invited").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task OldMember_WhoSaysTheToken_DoesNotCount(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        await world.JoinAsync("old");
        world.App.Clock.Advance(TimeSpan.FromMinutes(20));
        var inviter = await world.TakePartAsync();
        await world.ScanAsync(inviter);
        await world.LeaveAsync("old");
        await world.JoinAsync("old");

        await world.SayAsync("old", inviter.Token);

        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Text("state") == "not-counted");
        (await world.OnlyInviteeAsync(inviter)).Text("reason").ShouldBe("old-member");
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Operator_DecidesWhatNobodySaid(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var inviter = await world.TakePartAsync();
        await world.ScanAsync(inviter);
        var friend = await world.OnlyInviteeAsync(inviter);
        await world.Console.Http.PostAsync($"/api/v1/invitees/{friend.Id()}/confirm", null, TestContext.Current.CancellationToken).ProblemAsync(HttpStatusCode.Conflict, "invitee.not-joined");
        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(inviter)).Flag("toBeConfirmed"));

        (await world.Console.SendAsync(HttpMethod.Post, $"invitees/{friend.Id()}/reject")).Text("reason").ShouldBe("rejected");
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(0);
        var confirmed = await world.Console.SendAsync(HttpMethod.Post, $"invitees/{friend.Id()}/confirm");

        (confirmed.Text("state"), confirmed.Text("evidence")).ShouldBe(("valid", "operator"));
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/invitees?state=valid")).Number("total").ShouldBe(1);
        var csv = await world.Console.Http.GetStringAsync($"/api/v1/campaigns/{world.Campaign.Id()}/participants.csv", TestContext.Current.CancellationToken);
        csv.ShouldContain(inviter.Token);
    }

    [Theory, BothStores]
    public async Task CookieFarm_CountsNothing_AndAScanNobodyRecordedIsReadFromTheLog(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        for (var phone = 0; phone < 20; phone++)
        {
            (await world.NewPhone().ScanAsync(inviter.Key)).State.ShouldBe("qr");
        }

        await CampaignWorld.UntilAsync(async () => (await world.InviteesAsync(inviter)).Count == 20);
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(0);

        // As if the process had been killed between the visit and its record.
        await using (var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None))
        {
            await connection.ExecuteAsync("DELETE FROM fission_invitees");
        }

        var job = world.App.Services.GetRequiredService<RecordInvitations>();
        await job.CatchUpAsync(TestContext.Current.CancellationToken);
        await job.CatchUpAsync(TestContext.Current.CancellationToken);
        (await world.InviteesAsync(inviter)).Count.ShouldBe(20);
    }

    [Theory, BothStores]
    public async Task RaisedGoal_LeavesCompletedOnesCompleted_AndLoweredGoalCompletesOthers(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 2);
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeFalse();

        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { goal = 1 });
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();
        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { goal = 50 });
        (await world.ParticipantAsync(inviter)).Flag("completed").ShouldBeTrue();
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/participants?completed=false")).Number("total").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task BlacklistedMember_IsRefusedAQr_OnceHeIsKnown(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, blacklist: true);
        var inviter = await world.TakePartAsync();
        var phone = await world.BringAsync(inviter, "w1");
        var code = world.Code.Text("key");
        (await phone.ScanAsync(code)).State.ShouldBe("qr");

        await world.Console.SendAsync(HttpMethod.Post, $"codes/{world.Code.Id()}/blacklist", new { memberId = "w1", name = "成员w1" });
        var before = (await world.Console.CountsAsync(world.Code)).Number("scans");

        var page = await phone.ScanAsync(code);
        (page.Status, page.State, page.Slot).ShouldBe((HttpStatusCode.OK, "blocked", ""));
        page.Html.ShouldNotContain("黑名单");
        (await phone.ScanAsync(inviter.Key)).State.ShouldBe("blocked");
        (await world.NewPhone().ScanAsync(code)).State.ShouldBe("qr");
        (await world.Console.CountsAsync(world.Code)).Number("scans").ShouldBeLessThanOrEqualTo(before + 2);

        var entry = (await world.Console.GetAsync($"codes/{world.Code.Id()}/blacklist")).At("items")[0].Id();
        await world.Console.SendAsync(HttpMethod.Delete, $"codes/{world.Code.Id()}/blacklist/{entry}");
        (await phone.ScanAsync(code)).State.ShouldBe("qr");
    }
}
