using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>裂变用户 at the console: the tree of invitations, 待确认 of a whole campaign, and decisions about many (U7).</summary>
public sealed class PeopleDeskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Tree_ShowsWhoBroughtWhom_FloorByFloor(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var root = await world.TakePartAsync();
        var child = await world.TakePartAsync(await world.BringAsync(root, "w1"));
        var grandchild = await world.TakePartAsync(await world.ScanAsync(child));
        await world.ScanAsync(root);
        await world.ScanAsync(grandchild, root.Phone);
        var path = $"campaigns/{world.Campaign.Id()}/tree";

        var roots = await world.Console.GetAsync(path);
        var first = roots.At("items").EnumerateArray().ShouldHaveSingleItem();
        (first.Text("token"), first.Number("friends"), first.Number("valid"), first.Number("pending"), first.IsNull("inviteeId")).ShouldBe((root.Token, 2L, 1L, 1L, true));

        var friends = await world.Console.GetAsync($"{path}?under={first.Text("participantId")}");
        friends.Number("total").ShouldBe(2);
        var below = friends.At("items")[0];
        (below.Text("token"), below.Text("nickname"), below.Text("state"), below.Number("friends")).ShouldBe((child.Token, "成员w1", "valid", 1L));
        friends.At("items")[1].IsNull("participantId").ShouldBeTrue("he has no poster");
        (await world.Console.GetAsync($"{path}?under={first.Text("participantId")}&pageSize=1&page=2")).At("items").GetArrayLength().ShouldBe(1);

        // He who closes the circle is not below himself.
        var deep = (await world.Console.GetAsync($"{path}?under={below.Text("participantId")}")).At("items")[0];
        deep.Text("token").ShouldBe(grandchild.Token);
        (await world.Console.GetAsync($"{path}?under={deep.Text("participantId")}")).Number("total").ShouldBe(0);
        (await world.Console.GetAsync($"participants/{deep.Text("participantId")}/path")).At("path").EnumerateArray().Select(step => step.Text("token"))
            .ShouldBe([root.Token, child.Token, grandchild.Token]);

        var csv = await world.Console.Http.GetStringAsync($"/api/v1/campaigns/{world.Campaign.Id()}/participants.csv", Ct);
        csv.ShouldContain("邀请人口令,层级");
        csv.ShouldContain($"{grandchild.Token},,{child.Token},3,");
        csv.ShouldContain($"{root.Token},,,1,");
    }

    [Theory, BothStores]
    public async Task Bulk_ConfirmsWhomItCan_SaysWhyOthersStay_AndChangesNothingTwice(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store, goal: 1);
        var (one, other) = (await world.TakePartAsync(), await world.TakePartAsync());
        await GuessAsync(world, one, "w1");
        await GuessAsync(world, other, "w2");
        await world.ScanAsync(one);
        var waiting = await ToBeConfirmedAsync(world);
        var scanned = (await world.InviteesAsync(one)).Single(friend => !friend.Flag("toBeConfirmed"));
        string[] ids = [.. waiting.Select(friend => friend.Id()), scanned.Id(), "00000000001"];

        var answer = await DecideAsync(world, new { decision = "confirm", ids });

        (answer.Number("changed"), answer.Number("remaining")).ShouldBe((2L, 0L));
        answer.At("kept").EnumerateArray().Select(kept => (kept.Text("id"), kept.Text("code")))
            .ShouldBe([(scanned.Id(), "invitee.not-joined"), ("00000000001", "not-found")], ignoreOrder: true);
        (await world.ParticipantAsync(one)).Flag("completed").ShouldBeTrue();
        (await world.ParticipantAsync(other)).Flag("completed").ShouldBeTrue();
        var again = await DecideAsync(world, new { decision = "confirm", ids });
        (again.Number("changed"), again.At("kept").GetArrayLength()).ShouldBe((0L, 4));

        var entries = (await world.Console.GetAsync("audit-log")).At("items").EnumerateArray().Where(entry => entry.Text("subject.kind") == "campaign" && entry.Text("action") == "edited").ToList();
        entries.Count.ShouldBe(2);
        entries.ShouldAllBe(entry => entry.Text("way") == "bulk" && !entry.ToString().Contains("成员w", StringComparison.Ordinal));
    }

    [Theory, BothStores]
    public async Task Bulk_OfAFilter_LeavesTheOthers(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        await GuessAsync(world, inviter, "w1");
        world.App.Clock.Advance(TimeSpan.FromHours(2));
        var later = world.App.Clock.GetUtcNow();
        await GuessAsync(world, inviter, "w2");
        var group = await world.GroupIdAsync();
        var list = $"campaigns/{world.Campaign.Id()}/invitees?toBeConfirmed=true";

        (await world.Console.GetAsync($"{list}&groupId={group}")).Number("total").ShouldBe(2);
        (await world.Console.GetAsync($"{list}&groupId=00000000001")).Number("total").ShouldBe(0);
        (await world.Console.GetAsync($"{list}&to={Uri.EscapeDataString(later.ToString("O"))}")).Texts("nickname").ShouldBe(["成员w1"]);
        (await world.Console.GetAsync($"{list}&evidence=only-one")).Number("total").ShouldBe(2);
        var answer = await DecideAsync(world, new { decision = "reject", from = later, groupId = group });

        (answer.Number("changed"), answer.Number("remaining")).ShouldBe((1L, 0L));
        (await ToBeConfirmedAsync(world)).ShouldHaveSingleItem().Text("nickname").ShouldBe("成员w1");
        var path = $"campaigns/{world.Campaign.Id()}/invitees/decisions";
        await world.Console.RefusesAsync(HttpMethod.Post, path, HttpStatusCode.BadRequest, "input.invalid", new { decision = (string?)null });
        await world.Console.RefusesAsync(HttpMethod.Post, path, HttpStatusCode.BadRequest, "input.invalid", new { decision = "confirm", ids = Array.Empty<string>() });
    }

    [Theory, BothStores]
    public async Task Bulk_AndWhatRobotsHear_AtOnce_CountEachFriendOnce(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        for (var friend = 0; friend < 8; friend++)
        {
            await GuessAsync(world, inviter, $"w{friend}");
        }

        var saying = Task.WhenAll(Enumerable.Range(0, 8).Select(friend => world.SayAsync($"w{friend}", inviter.Token)));
        var deciding = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => DecideAsync(world, new { decision = "confirm" })));
        await Task.WhenAll(saying, deciding);

        await CampaignWorld.UntilAsync(async () => (await world.ParticipantAsync(inviter)).Number("valid") == 8);
        (await world.InviteesAsync(inviter)).ShouldAllBe(friend => friend.Text("evidence") == "said" || friend.Text("evidence") == "operator");
        (await deciding).Sum(answer => answer.Number("changed")).ShouldBe((await world.InviteesAsync(inviter)).Count(friend => friend.Text("evidence") == "operator"));
    }

    [Theory, BothStores]
    public async Task SaidBeforeTheJoinWasHeardOf_CountsOnceItIs_AndTwoTakenForEachOtherAreSetRight(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var (one, other) = (await world.TakePartAsync(), await world.TakePartAsync());
        await world.ScanAsync(one);
        await world.SayAsync("w1", one.Token);
        await world.JoinAsync("w1");
        await CampaignWorld.UntilAsync(async () => (await world.OnlyInviteeAsync(one)).Text("state") == "valid");

        // Who scanned first joins last: each is taken for the other.
        await world.ScanAsync(one);
        world.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.ScanAsync(other);
        await world.JoinAsync("ofOther");
        await world.JoinAsync("ofOne");
        await CampaignWorld.UntilAsync(async () => (await ToBeConfirmedAsync(world)).Count == 2);
        await world.SayAsync("ofOther", other.Token);
        await world.SayAsync("ofOne", one.Token);

        await CampaignWorld.UntilAsync(async () => (await world.ParticipantAsync(one)).Number("valid") == 2 && (await world.ParticipantAsync(other)).Number("valid") == 1);
        (await world.OnlyInviteeAsync(other)).Text("nickname").ShouldBe("成员ofOther");
    }

    [Theory, BothStores]
    public async Task People_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        await GuessAsync(world, inviter, "w1");
        var (participant, friend) = ((await world.ParticipantAsync(inviter)).Id(), (await world.OnlyInviteeAsync(inviter)).Id());
        var stranger = await Desk.OpenOtherTenantAsync(world.App);

        foreach (var path in new[] { $"campaigns/{world.Campaign.Id()}/tree", $"participants/{participant}/path" })
        {
            await stranger.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        await stranger.PostAsync($"campaigns/{world.Campaign.Id()}/invitees/decisions", new { decision = "confirm", ids = new[] { friend } }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await stranger.DeleteAsync($"participants/{participant}/personal-data").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await stranger.DeleteAsync($"invitees/{friend}/personal-data").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await world.OnlyInviteeAsync(inviter)).Flag("toBeConfirmed").ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task Replay_NamesTheInvitation(Store store)
    {
        await using var world = await CampaignWorld.StartAsync(store);
        var inviter = await world.TakePartAsync();
        await world.ScanAsync(inviter);

        var visit = (await world.Console.GetAsync($"codes/{world.Code.Id()}/visits")).At("items")[0];

        (visit.Text("invitation.campaign"), visit.Text("invitation.token"), visit.IsNull("channelId")).ShouldBe(("邀请好友一起读书", inviter.Token, true));
    }

    /// <summary>A friend scans, and somebody joins who may be he.</summary>
    private static async Task GuessAsync(CampaignWorld world, Inviter inviter, string member)
    {
        await world.ScanAsync(inviter);
        await world.JoinAsync(member);
        await CampaignWorld.UntilAsync(async () => (await world.InviteesAsync(inviter)).Any(friend => friend.Flag("toBeConfirmed") && friend.Text("nickname") == $"成员{member}"));
    }

    private static async Task<IReadOnlyList<JsonElement>> ToBeConfirmedAsync(CampaignWorld world) =>
        [.. (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/invitees?toBeConfirmed=true")).At("items").EnumerateArray()];

    private static Task<JsonElement> DecideAsync(CampaignWorld world, object body) =>
        world.Console.SendAsync(HttpMethod.Post, $"campaigns/{world.Campaign.Id()}/invitees/decisions", body);
}
