using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.LiveCodes;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Identity;

/// <summary>
/// Who signs in may have joined a group long ago as a member nobody could tell to be him. Where the platform gives members' unionid, it is known now.
/// In the transaction of the caller; done again, it changes nothing.
/// </summary>
internal sealed class FindAmongMembers(HuomaDb db, CurrentTenant current, JoinAttribution attribution)
{
    public async Task OfAsync(WeChatPerson person, CancellationToken ct)
    {
        var open = await db.Invitees.AsNoTracking().IgnoreQueryFilters().Where(row => row.VisitorId == person.PersonId && row.State == InviteeState.Pending).ToListAsync(ct);
        if (open.Count == 0)
        {
            return;
        }

        var ids = open.ConvertAll(friend => friend.CampaignId);
        var campaigns = await db.Campaigns.AsNoTracking().IgnoreQueryFilters().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(ct);
        await LiveCodeEdit.LockAsync(db.LiveCodes.IgnoreQueryFilters(), campaigns.Select(row => row.LiveCodeId), ct);
        var whose = current.Id;
        foreach (var campaign in campaigns)
        {
            current.Is(campaign.TenantId);
            await attribution.LookBackAsync(campaign, open.FindAll(friend => friend.CampaignId == campaign.Id), ct);
        }

        current.Is(whose);
    }
}
