using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>Turns invited friends into what the API shows, in a fixed number of queries.</summary>
internal sealed class InviteeQueries(HuomaDb db)
{
    public async Task<IReadOnlyList<InviteeResponse>> DescribeAsync(IReadOnlyList<Invitee> friends, CancellationToken ct)
    {
        var groupIds = friends.Select(friend => friend.GroupId).OfType<GroupId>().Distinct().ToList();
        var groups = await db.Groups.AsNoTracking().Where(row => groupIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, ct);
        var inviterIds = friends.Select(friend => friend.InviterId).Distinct().ToList();
        var tokens = await db.Participants.AsNoTracking().Where(row => inviterIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Token, ct);
        var memberIds = friends.Select(friend => friend.MemberId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var avatars = (await db.GroupMembers.AsNoTracking().Where(row => groupIds.Contains(row.GroupId) && memberIds.Contains(row.MemberId) && row.Avatar != null)
            .Select(row => new { row.GroupId, row.MemberId, row.Avatar }).ToListAsync(ct)).ToDictionary(row => (row.GroupId, row.MemberId), row => row.Avatar);
        var pressed = await PressedAsync(friends, ct);
        return
        [
            .. friends.Select(friend => new InviteeResponse(
                friend.Id, friend.InviterId, tokens.GetValueOrDefault(friend.InviterId, ""), friend.MemberName ?? friend.Nickname,
                friend is { GroupId: { } of, MemberId: { } member } ? avatars.GetValueOrDefault((of, member)) : null,
                friend.ScannedAt, pressed.Contains((friend.VisitorId, friend.LiveCodeId.Value)), friend.JoinedAt, friend.GroupId is { } id ? groups.GetValueOrDefault(id) : null,
                friend.State, friend.IsToBeConfirmed, friend.Reason, friend.Evidence, friend.ConfirmedAt, friend.LeftAt, friend.DecidedBy, friend.RemovedAt is not null)),
        ];
    }

    // By any cookie of his: since he pressed he may have become one person with another visitor.
    private async Task<HashSet<(long Visitor, long Code)>> PressedAsync(IReadOnlyList<Invitee> friends, CancellationToken ct)
    {
        var visitors = friends.Select(friend => friend.VisitorId).Distinct().ToList();
        var rows = await db.Database.SqlQuery<Press>(
            $"""
            SELECT visitor_id AS "Visitor", live_code_id AS "Code" FROM slot_visitors WHERE presses > 0
            UNION ALL
            SELECT v.person_id AS "Visitor", s.live_code_id AS "Code" FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id WHERE s.presses > 0
            """)
            .Where(row => visitors.Contains(row.Visitor)).ToListAsync(ct);
        return [.. rows.Select(row => (row.Visitor, row.Code))];
    }

    internal sealed record Press(long Visitor, long Code);
}
