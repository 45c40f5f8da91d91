using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.LiveCodes;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>
/// Removes what a campaign knows of a person, as participant and as friend (PIPL). Friends go on counting for who invited them, and claims stay in the books,
/// both without anything that tells who it was (ADR 0024).
/// </summary>
internal sealed class PersonRemoval(
    HuomaDb db, SayingStore sayings, RemovedPeople removed, RemovalStore removals, IdentityStore identities, IEnumerable<IForgetsVisitors> others, ILogger<PersonRemoval> log,
    TimeProvider time)
{
    /// <summary>Whether a campaign holds anything of this visitor.</summary>
    public async Task<bool> KnowsAsync(CampaignId campaign, long visitorId, CancellationToken ct) =>
        await db.Participants.AnyAsync(row => row.CampaignId == campaign && row.VisitorId == visitorId, ct)
        || await db.Invitees.AnyAsync(row => row.CampaignId == campaign && row.VisitorId == visitorId, ct);

    /// <summary>False when there was nothing to remove (any more).</summary>
    public async Task<bool> RemoveAsync(FissionCampaign campaign, long visitorId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var codes = db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]);
        await LiveCodeEdit.LockAsync(codes, [campaign.LiveCodeId], ct);
        await codes.Where(row => row.Id == campaign.LiveCodeId).LoadAsync(ct);
        var participants = await db.Participants.Where(row => row.CampaignId == campaign.Id && row.VisitorId == visitorId).ToListAsync(ct);
        var friends = await db.Invitees.Where(row => row.CampaignId == campaign.Id && row.VisitorId == visitorId).ToListAsync(ct);
        if (participants.Count + friends.Count == 0)
        {
            return false;
        }

        var (nobody, now) = (-NewId.Of<Participant>().Value, time.GetUtcNow());
        foreach (var participant in participants)
        {
            participant.IsForgotten(nobody, await FreshTokenAsync(participant, ct), now);
            await sayings.ForgetAsync(participant.Id, ct);
        }

        foreach (var friend in friends)
        {
            if (friend.MemberId is { } member)
            {
                await sayings.ForgetAsync(friend.LiveCodeId, member, ct);
            }

            friend.IsForgotten(nobody, friend.MemberId is { } known ? removed.MarkOf(friend.TenantId, known) : null, now);
        }

        await db.SaveChangesAsync(ct);
        var cookies = (await identities.CookiesOfAsync(visitorId, ct)).Cookies;
        await removals.RememberAsync(campaign, [.. cookies.Append(visitorId).Distinct()], now, ct);
        await TellOthersAsync(campaign.TenantId, visitorId, ct);
        await transaction.CommitAsync(ct);
        log.PersonRemoved(campaign.Id, participants.Count, friends.Count);
        return true;
    }

    // The number stays: it says nothing but how many came before.
    private async Task<string> FreshTokenAsync(Participant participant, CancellationToken ct)
    {
        while (true)
        {
            var token = InviteToken.Make(
                InviteToken.NumberOf(participant.Token), NewId.Key(InviteToken.Capitals, InviteToken.Front), NewId.Key(InviteToken.Letters, InviteToken.Back));
            if (!await db.Participants.AnyAsync(row => row.CampaignId == participant.CampaignId && row.Token == token, ct))
            {
                return token;
            }
        }
    }

    private async Task TellOthersAsync(TenantId tenant, long visitorId, CancellationToken ct)
    {
        if (await db.Participants.AnyAsync(row => row.VisitorId == visitorId, ct) || await db.Invitees.AnyAsync(row => row.VisitorId == visitorId, ct))
        {
            return;
        }

        foreach (var other in others)
        {
            await other.ForgetAsync(tenant, visitorId, ct);
        }
    }
}
