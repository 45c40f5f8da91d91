using Huoma.Domain.Campaigns;
using Huoma.Server.LiveCodes;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Identity;

/// <summary>
/// Makes one of what a person did by several cookies: one participation a campaign, and friends who count once (D25). In the transaction of the caller;
/// done again, it changes nothing.
/// </summary>
internal sealed class MergeParticipations(HuomaDb db, ProgressStore progress)
{
    /// <param name="also">A campaign to look at in any case.</param>
    public async Task OfAsync(WeChatPerson person, CampaignId? also, CancellationToken ct)
    {
        var others = person.Cookies.Where(cookie => cookie != person.PersonId).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var found = await Participants.Where(row => others.Contains(row.VisitorId) && row.MergedInto == null).Select(row => row.CampaignId)
            .Union(Invitees.Where(row => others.Contains(row.VisitorId) && row.Reason == UncountedReason.None).Select(row => row.CampaignId)).ToListAsync(ct);
        if (also is { } named)
        {
            found.Add(named);
        }

        if (found.Count == 0)
        {
            return;
        }

        // As robots' news do it: the codes first, in their order. Both change the same friends.
        var campaigns = await db.Campaigns.AsNoTracking().IgnoreQueryFilters().Where(row => found.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(ct);
        await LiveCodeEdit.LockAsync(db.LiveCodes.IgnoreQueryFilters(), campaigns.Select(row => row.LiveCodeId), ct);
        foreach (var campaign in campaigns)
        {
            await MergeAsync(campaign, person, ct);
        }
    }

    private IQueryable<Participant> Participants => db.Participants.IgnoreQueryFilters();

    private IQueryable<Invitee> Invitees => db.Invitees.IgnoreQueryFilters();

    private async Task MergeAsync(FissionCampaign campaign, WeChatPerson person, CancellationToken ct)
    {
        var cookies = person.Cookies;
        var his = Participants.Where(row => row.CampaignId == campaign.Id && cookies.Contains(row.VisitorId));

        // Who claims at this moment has claimed before it is read, or finds another participation standing.
        await his.ExecuteUpdateAsync(set => set.SetProperty(row => row.VisitorId, row => row.VisitorId), ct);
        var own = await his.ToListAsync(ct);
        var ownIds = own.ConvertAll(row => row.Id);
        var friends = await Invitees.Where(row => row.CampaignId == campaign.Id && ownIds.Contains(row.InviterId)).ToListAsync(ct);
        var invitedAs = await Invitees.Where(row => row.CampaignId == campaign.Id && cookies.Contains(row.VisitorId) && !ownIds.Contains(row.InviterId)).ToListAsync(ct);
        var inviterIds = invitedAs.ConvertAll(row => row.InviterId);
        var inviters = await Participants.Where(row => inviterIds.Contains(row.Id)).ToListAsync(ct);
        var known = new KnownPerson(person.PersonId, cookies.ToHashSet(), own, friends, invitedAs, inviters);

        var standing = SamePerson.StopCounting(known);
        await db.SaveChangesAsync(ct);
        var surplus = SamePerson.Gather(known, standing);
        if (surplus.Count > 0)
        {
            var ids = surplus.Select(row => row.Id).ToList();
            await db.Invitees.IgnoreQueryFilters().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(ct);
            foreach (var row in surplus)
            {
                db.Entry(row).State = EntityState.Detached;
            }
        }

        await db.SaveChangesAsync(ct);
        await CountAnewAsync(campaign, standing is null ? inviters : [standing, .. inviters], ct);
    }

    private async Task CountAnewAsync(FissionCampaign campaign, IReadOnlyList<Participant> changed, CancellationToken ct)
    {
        foreach (var participant in changed)
        {
            var invited = await Invitees.CountAsync(
                row => row.InviterId == participant.Id && (row.State == InviteeState.Valid || (row.State == InviteeState.Left && !campaign.DeductsLeavers)), ct);
            participant.CountedAnew(invited);
        }

        await db.SaveChangesAsync(ct);
        foreach (var participant in changed)
        {
            await progress.CompleteAsync(campaign, participant.Id, ct);
        }

        db.ChangeTracker.Clear();
    }
}
