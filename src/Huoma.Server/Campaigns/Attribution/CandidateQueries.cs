using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>Reads who may be the one who joined a group, in the transaction of the caller.</summary>
internal sealed class CandidateQueries(HuomaDb db)
{
    private IQueryable<PersonUnion> Unions =>
        db.Database.SqlQuery<PersonUnion>($"""SELECT person_id AS "PersonId", union_id AS "UnionId" FROM visitor_identities WHERE union_id IS NOT NULL""");

    /// <summary>Pending friends of a campaign who scanned between two instants; those a member was only guessed for are among them.</summary>
    /// <param name="inviter">Only his; null: everybody's.</param>
    public Task<IReadOnlyList<Candidate>> OfAsync(
        CampaignId campaign, Group group, ParticipantId? inviter, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var (earliest, latest) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        var inTime = Pending(campaign, group).Where(row => row.ScannedAt >= earliest && row.ScannedAt <= latest);
        return ReadAsync(inviter is { Value: var his } ? inTime.Where(row => row.InviterId == his) : inTime.Where(row => row.MemberId == null), ct);
    }

    /// <summary>Pending friends whom the 公众号 calls as the platform calls these members, whenever they scanned.</summary>
    public async Task<IReadOnlyList<Candidate>> CalledAsync(CampaignId campaign, Group group, IReadOnlyCollection<string> unionIds, CancellationToken ct)
    {
        var people = unionIds.Count == 0 ? [] : await Unions.Where(row => unionIds.Contains(row.UnionId)).Select(row => row.PersonId).ToListAsync(ct);
        return people.Count == 0 ? [] : await ReadAsync(Pending(campaign, group).Where(row => people.Contains(row.VisitorId)), ct);
    }

    /// <summary>What the 公众号 calls these people.</summary>
    public async Task<IReadOnlyList<string>> UnionIdsAsync(IReadOnlyCollection<long> people, CancellationToken ct) =>
        await Unions.Where(row => people.Contains(row.PersonId)).Select(row => row.UnionId).Distinct().ToListAsync(ct);

    private IQueryable<Row> Pending(CampaignId campaign, Group group)
    {
        var (id, slot, pending) = (campaign.Value, group.SlotId?.Value ?? 0, (int)InviteeState.Pending);
        return db.Database.SqlQuery<Row>(
            $"""
            SELECT i.id AS "Id", i.visitor_id AS "VisitorId", i.inviter_id AS "InviterId", p.key AS "InvitationKey", i.scanned_at AS "ScannedAt", i.nickname AS "Nickname", i.member_id AS "MemberId",
                CASE WHEN EXISTS (SELECT 1 FROM slot_visitors s WHERE s.visitor_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.last_shown_on <> 0)
                    OR EXISTS (SELECT 1 FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id
                        WHERE v.person_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.last_shown_on <> 0) THEN 1 ELSE 0 END AS "Shown",
                CASE WHEN EXISTS (SELECT 1 FROM slot_visitors s WHERE s.visitor_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.presses > 0)
                    OR EXISTS (SELECT 1 FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id
                        WHERE v.person_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.slot_id = {slot} AND s.presses > 0) THEN 1 ELSE 0 END AS "Pressed"
            FROM fission_invitees i JOIN fission_participants p ON p.id = i.inviter_id
            WHERE i.campaign_id = {id} AND i.state = {pending}
            """);
    }

    private async Task<IReadOnlyList<Candidate>> ReadAsync(IQueryable<Row> pending, CancellationToken ct)
    {
        var rows = await pending.ToListAsync(ct);
        if (rows.Count == 0)
        {
            return [];
        }

        var visitors = rows.ConvertAll(row => row.VisitorId);
        var known = await db.Invitees.AsNoTracking().Where(row => visitors.Contains(row.VisitorId) && row.ConfirmedAt != null && row.MemberId != null)
            .Select(row => new { row.VisitorId, row.MemberId }).ToListAsync(ct);
        var members = known.ToLookup(row => row.VisitorId, row => row.MemberId ?? "");
        var unions = (await Unions.Where(row => visitors.Contains(row.PersonId)).ToListAsync(ct)).ToLookup(row => row.PersonId, row => row.UnionId);
        return rows.ConvertAll(row => new Candidate(
            new InviteeId(row.Id), row.InvitationKey, DateTimeOffset.FromUnixTimeMilliseconds(row.ScannedAt), row.Nickname,
            [.. members[row.VisitorId].Distinct(StringComparer.Ordinal)], row.Shown != 0, row.Pressed != 0, row.MemberId, unions[row.VisitorId].FirstOrDefault()));
    }

    internal sealed record Row(
        long Id, long VisitorId, long InviterId, string InvitationKey, long ScannedAt, string? Nickname, string? MemberId, int Shown, int Pressed);

    internal sealed record PersonUnion(long PersonId, string UnionId);
}
