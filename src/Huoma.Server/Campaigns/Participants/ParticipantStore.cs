using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>Participants: each visitor once a campaign, with a number of his own in the 口令.</summary>
internal sealed class ParticipantStore(HuomaDb db, TimeProvider time)
{
    public Task<Participant?> FindAsync(CampaignId campaign, long visitorId, CancellationToken ct) =>
        db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.CampaignId == campaign && row.VisitorId == visitorId && row.MergedInto == null, ct);

    /// <summary>By the 口令 as people paste it.</summary>
    public async Task<Participant?> FindAsync(CampaignId campaign, string? typed, CancellationToken ct) =>
        InviteToken.Find(typed) is { } token && await db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.CampaignId == campaign && row.Token == token, ct) is { } found
            ? await StandingAsync(found, ct) : null;

    /// <summary>The participation that stands for this one: another, when the same person took part twice.</summary>
    public async Task<Participant> StandingAsync(Participant participant, CancellationToken ct) =>
        participant.MergedInto is { } other ? await StandingAsync(await db.Participants.AsNoTracking().IgnoreQueryFilters().SingleAsync(row => row.Id == other, ct), ct) : participant;

    /// <summary>The participant this visitor is, or becomes. Null when the campaign has given out every number.</summary>
    public async Task<Participant?> JoinAsync(FissionCampaign campaign, long visitorId, CancellationToken ct)
    {
        if (await FindAsync(campaign.Id, visitorId, ct) is { } known)
        {
            return known;
        }

        var number = (await db.Database.SqlQuery<int>(
            $"UPDATE fission_campaigns SET participants = participants + 1 WHERE id = {campaign.Id.Value} AND participants < {InviteToken.MaxNumber} RETURNING participants AS \"Value\"")
            .ToListAsync(ct)) is [var next] ? next : (int?)null;
        if (number is null)
        {
            return null;
        }

        var token = InviteToken.Make(number.Value, NewId.Key(InviteToken.Capitals, InviteToken.Front), NewId.Key(InviteToken.Letters, InviteToken.Back));
        var participant = new Participant(
            NewId.Of<Participant>(), campaign, visitorId, NewId.Key(LiveCodeNumbers.KeyLetters, Participant.KeyLength), token, time.GetUtcNow());
        db.Participants.Add(participant);
        try
        {
            await db.SaveChangesAsync(ct);
            return participant;
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            // He opened it twice at once.
            db.ChangeTracker.Clear();
            return await FindAsync(campaign.Id, visitorId, ct);
        }
    }

    public async Task<InviteProgress> ProgressAsync(FissionCampaign campaign, Participant participant, CancellationToken ct)
    {
        var counts = await db.Invitees.AsNoTracking().Where(row => row.InviterId == participant.Id && row.Reason == UncountedReason.None)
            .GroupBy(row => row.State).Select(rows => new { State = rows.Key, Count = rows.Count() }).ToListAsync(ct);
        int Of(InviteeState state) => counts.Find(row => row.State == state)?.Count ?? 0;
        return new InviteProgress(
            Of(InviteeState.Valid), Of(InviteeState.Left), Of(InviteeState.Pending), campaign.Goal, campaign.DeductsLeavers, participant.CompletedGoal,
            participant.ClaimedAt is not null);
    }
}
