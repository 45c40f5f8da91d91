using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns;

/// <summary>
/// Writes down who reached the goal. Counts are always taken from the friends themselves and never kept, so nothing that comes twice or in
/// the wrong order can make them wrong; the moment of completion is set once. In the transaction of the caller, after what he changed is saved.
/// </summary>
internal sealed class ProgressStore(HuomaDb db, TimeProvider time)
{
    /// <param name="inviter">One participant; null: all of the campaign (D23).</param>
    public Task CompleteAsync(FissionCampaign campaign, ParticipantId? inviter, CancellationToken ct)
    {
        var (now, all) = (time.GetUtcNow().ToUnixTimeMilliseconds(), inviter is null);
        var (id, one, goal, deducts) = (campaign.Id.Value, inviter?.Value ?? 0, campaign.Goal, campaign.DeductsLeavers);
        var (valid, left) = ((int)InviteeState.Valid, (int)InviteeState.Left);
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE fission_participants SET completed_at = {now}, completed_goal = {goal}
            WHERE campaign_id = {id} AND ({all} OR id = {one}) AND completed_at IS NULL AND {goal} <= (
                SELECT COUNT(*) FROM fission_invitees
                WHERE inviter_id = fission_participants.id AND (state = {valid} OR (state = {left} AND NOT {deducts})))
            """,
            ct);
    }
}
