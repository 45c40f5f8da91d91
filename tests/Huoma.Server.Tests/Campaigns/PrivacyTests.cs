using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>What is said about personal data, and that they go when somebody wants it (issue 6 point 8).</summary>
public sealed class PrivacyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Participant_RemovesHisData_InTwoSteps_OnHisOwnPhoneOnly(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");
        var notice = await inviter.Phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}/privacy");
        (notice.Status, notice.State).ShouldBe((HttpStatusCode.OK, "privacy"));
        notice.Html.ShouldContain("保存多久");
        notice.Html.ShouldContain("365 天");
        (await world.ProgressAsync(inviter.Phone)).Html.ShouldContain($"/t/{world.Key}/privacy");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}/privacy")).Html.ShouldNotContain("<form");

        var asked = await world.PostAsync(inviter.Phone, "privacy");
        asked.State.ShouldBe("confirm-removal");
        (await world.ParticipantAsync(inviter)).Flag("removed").ShouldBeFalse("he was only asked");
        var ticket = Regex.Match(asked.Html, "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;
        (await RemoveAsync(world, world.NewPhone(), ticket)).State.ShouldBe("nothing-to-remove");
        (await RemoveAsync(world, (await world.TakePartAsync()).Phone, ticket)).Status.ShouldBe(HttpStatusCode.Forbidden);
        world.App.Clock.Advance(TimeSpan.FromMinutes(20));
        (await RemoveAsync(world, inviter.Phone, ticket)).State.ShouldBe("removal-expired");
        ticket = Regex.Match((await world.PostAsync(inviter.Phone, "privacy")).Html, "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;
        (await RemoveAsync(world, inviter.Phone, ticket)).State.ShouldBe("removed");

        // He is nobody here any more; what he brought stays as a number.
        (await RemoveAsync(world, inviter.Phone, ticket)).State.ShouldBe("nothing-to-remove");
        (await world.ProgressAsync(inviter.Phone)).State.ShouldBe("ask-token");
        (await world.PostAsync(world.NewPhone(), "progress", inviter.Token)).State.ShouldBe("wrong-token");
        (await world.NewPhone().ScanAsync(inviter.Key)).State.ShouldBe("qr", "printed posters go on leading into the group");
        (await world.NewPhone().OpenAsync(HttpMethod.Get, $"/t/{world.Key}/poster/{inviter.Key}-1.jpg")).Status.ShouldBe(HttpStatusCode.NotFound);
        var counts = (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}")).At("counts");
        (counts.Number("valid"), counts.Number("completed")).ShouldBe((1L, 1L));
        (await world.TakePartAsync(inviter.Phone)).Token.ShouldNotBe(inviter.Token, "he may take part anew");
    }

    [Theory, BothStores]
    public async Task Operator_RemovesAFriend_WhoGoesOnCounting_AndCountsNoSecondTime(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var inviter = await world.TakePartAsync();
        var friend = await world.BringAsync(inviter, "w1");
        var own = await world.TakePartAsync(friend);
        await world.ScanAsync(inviter);
        var row = (await world.InviteesAsync(inviter)).Single(one => one.Text("state") == "valid");

        await world.Console.SendAsync(HttpMethod.Delete, $"invitees/{row.Id()}/personal-data");
        await world.Console.SendAsync(HttpMethod.Delete, $"invitees/{row.Id()}/personal-data");

        var after = (await world.InviteesAsync(inviter)).Single(one => one.Id() == row.Id());
        (after.Text("state"), after.Flag("removed"), after.IsNull("nickname")).ShouldBe(("valid", true, true));
        (await world.ProgressAsync(own.Phone)).State.ShouldBe("ask-token", "as a participant he is forgotten too");
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(1);
        await using (var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(Ct))
        {
            (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM fission_invitees WHERE member_id = 'w1' OR member_name = '成员w1'")).ShouldBe(0);
            (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE changes LIKE '%w1%' OR subject_name LIKE '%w1%'")).ShouldBe(0);
        }

        // The same member says it again, while a cookie of somebody waits to be taken for him.
        await world.SayAsync("w1", inviter.Token);
        await world.BringAsync(await world.TakePartAsync(), "w2");
        (await world.ParticipantAsync(inviter)).Number("invited").ShouldBe(1);

        var entries = (await world.Console.GetAsync("audit-log")).At("items").EnumerateArray().Where(entry => entry.ToString().Contains("personalData", StringComparison.Ordinal)).ToList();
        entries.Count.ShouldBe(2, "as friend and as participant");
    }

    [Theory, BothStores]
    public async Task Friend_IsToldOnTheGroupsPage_AndStaysForgotten_ThoughHisScanStandsInTheLog(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        var friend = await world.ScanAsync(inviter);
        (await friend.ScanAsync(inviter.Key)).Html.ShouldContain($"<a href=\"/t/{world.Key}/privacy\">隐私说明</a>");
        (await friend.ScanAsync(world.Code.Text("key"))).Html.ShouldNotContain("隐私说明", customMessage: "the code's own QR remembers nobody as a friend");

        var ticket = Regex.Match((await world.PostAsync(friend, "privacy")).Html, "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;
        (await RemoveAsync(world, friend, ticket)).State.ShouldBe("removed");
        await RecordedAnewAsync(world);

        (await world.OnlyInviteeAsync(inviter)).Flag("removed").ShouldBeTrue();
        (await friend.OpenAsync(HttpMethod.Get, $"/t/{world.Key}/privacy")).Html.ShouldNotContain("<form");

        // Who comes again afterwards is somebody new.
        world.App.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.ScanAsync(inviter, friend);
        (await world.InviteesAsync(inviter)).Count.ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task Claims_StayInTheBooks(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, new { kind = "codes" }, goal: 1);
        await world.StockAsync("CODE-1", "CODE-2");
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");
        (await world.ClaimAsync(inviter.Phone)).State.ShouldBe("reward");

        await world.Console.SendAsync(HttpMethod.Delete, $"participants/{(await world.ParticipantAsync(inviter)).Id()}/personal-data");

        var campaign = await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}");
        (campaign.Number("counts.claimed"), campaign.Number("reward.codesLeft")).ShouldBe((1L, 1L));
        (await world.ClaimAsync(inviter.Phone)).State.ShouldBe("not-yours");
        var again = await world.TakePartAsync(inviter.Phone);
        (await world.ClaimAsync(again.Phone)).State.ShouldBe("not-completed", "nobody earns twice by being forgotten");
    }

    [Theory, BothStores]
    public async Task Ended_LongAgo_IsForgotten_AndOthersAreTold(Store store)
    {
        var told = new Told();
        await using var world = await CampaignWorld.StartAsync(store, goal: 1, services: services => services.AddSingleton<IForgetsVisitors>(told));
        var inviter = await world.TakePartAsync();
        await world.BringAsync(inviter, "w1");
        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { endsAt = world.App.Clock.GetUtcNow() });
        var job = world.App.Services.GetRequiredService<Server.Campaigns.Privacy.ForgetEndedCampaigns>();
        world.App.Clock.Advance(TimeSpan.FromDays(364));
        await job.RunAsync(Ct);
        told.Visitors.ShouldBeEmpty();
        world.App.Clock.Advance(TimeSpan.FromDays(2));

        await job.RunAsync(Ct);

        told.Visitors.Count.ShouldBe(2);
        await using var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM fission_participants WHERE visitor_id > 0 OR removed_at IS NULL")).ShouldBe(0);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM fission_invitees WHERE visitor_id > 0 OR removed_at IS NULL")).ShouldBe(0);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM fission_invitees WHERE state = 2")).ShouldBe(1);
        await job.RunAsync(Ct);
        told.Visitors.Count.ShouldBe(2);
    }

    /// <summary>Reads the whole log again, as after a crash.</summary>
    private static async Task RecordedAnewAsync(CampaignWorld world)
    {
        await using (var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(Ct))
        {
            await connection.ExecuteAsync("UPDATE fission_reading SET visit_id = 0");
        }

        await world.App.Services.GetRequiredService<Server.Campaigns.Invitations.RecordInvitations>().CatchUpAsync(Ct);
    }

    private static async Task<SeenPage> RemoveAsync(CampaignWorld world, Phone phone, string ticket)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket });
        var answer = await phone.Http.PostAsync($"/t/{world.Key}/privacy", form, Ct);
        return new SeenPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer);
    }

    private sealed class Told : IForgetsVisitors
    {
        public List<long> Visitors { get; } = [];

        public Task ForgetAsync(TenantId tenant, long visitorId, CancellationToken ct)
        {
            Visitors.Add(visitorId);
            return Task.CompletedTask;
        }
    }
}
