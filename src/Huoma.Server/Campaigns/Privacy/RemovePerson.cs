using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>Removes the personal data of a participant or a friend, at his wish, by an operator. Again is no error.</summary>
internal static class RemovePerson
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleParticipant(ParticipantId id, HuomaDb db, PersonRemoval removal, CancellationToken ct) =>
        await db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } participant
            ? await RemoveAsync(participant.CampaignId, participant.VisitorId, participant.RemovedAt, db, removal, ct)
            : Problems.NotFound();

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleInvitee(InviteeId id, HuomaDb db, PersonRemoval removal, CancellationToken ct) =>
        await db.Invitees.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } invitee
            ? await RemoveAsync(invitee.CampaignId, invitee.VisitorId, invitee.RemovedAt, db, removal, ct)
            : Problems.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        CampaignId id, long visitorId, DateTimeOffset? removedAt, HuomaDb db, PersonRemoval removal, CancellationToken ct)
    {
        if (removedAt is null)
        {
            FissionCampaign campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == id, ct);
            await removal.RemoveAsync(campaign, visitorId, ct);
        }

        return TypedResults.NoContent();
    }
}
