using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>Reads who may be the one who joined a group, in the transaction of the caller.</summary>
internal sealed class CandidateQueries(HuomaDb db)
{
    /// <summary>Pending friends of a campaign who scanned between two instants; those a member was only guessed for are among them.</summary>
    /// <param name="inviter">Only his; null: everybody's.</param>
    public async Task<IReadOnlyList<Candidate>> OfAsync(
        CampaignId campaign, Group group, ParticipantId? inviter, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var (id, slot, one, all) = (campaign.Value, group.SlotId?.Value ?? 0, inviter?.Value ?? 0, inviter is null);
        var (earliest, latest, pending) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), (int)InviteeState.Pending);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT i.id AS "Id", i.visitor_id AS "VisitorId", p.key AS "InvitationKey", i.scanned_at AS "ScannedAt", i.nickname AS "Nickname", i.member_id AS "MemberId",
                CASE WHEN EXISTS (SELECT 1 FROM slot_visitors s WHERE s.visitor_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.last_shown_on <> 0)
                    OR EXISTS (SELECT 1 FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id
                        WHERE v.person_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.last_shown_on <> 0) THEN 1 ELSE 0 END AS "Shown",
                CASE WHEN EXISTS (SELECT 1 FROM slot_visitors s WHERE s.visitor_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.presses > 0)
                    OR EXISTS (SELECT 1 FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id
                        WHERE v.person_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.presses > 0) THEN 1 ELSE 0 END AS "Pressed"
            FROM fission_invitees i JOIN fission_participants p ON p.id = i.inviter_id
            WHERE i.campaign_id = {id} AND i.state = {pending} AND (i.member_id IS NULL OR NOT {all}) AND ({all} OR i.inviter_id = {one})
                AND i.scanned_at >= {earliest} AND i.scanned_at <= {latest}
            """).ToListAsync(ct);
        var visitors = rows.ConvertAll(row => row.VisitorId);
        var known = rows.Count == 0 ? [] : await db.Invitees.AsNoTracking().Where(row => visitors.Contains(row.VisitorId) && row.ConfirmedAt != null && row.MemberId != null)
            .Select(row => new { row.VisitorId, row.MemberId }).ToListAsync(ct);
        var members = known.ToLookup(row => row.VisitorId, row => row.MemberId ?? "");
        return rows.ConvertAll(row => new Candidate(
            new InviteeId(row.Id), row.InvitationKey, DateTimeOffset.FromUnixTimeMilliseconds(row.ScannedAt), row.Nickname,
            [.. members[row.VisitorId].Distinct(StringComparer.Ordinal)], row.Shown != 0, row.Pressed != 0, row.MemberId));
    }

    internal sealed record Row(long Id, long VisitorId, string InvitationKey, long ScannedAt, string? Nickname, string? MemberId, int Shown, int Pressed);
}
