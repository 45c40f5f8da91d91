using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>
/// A member says a 口令 in his group: its owner invited him. That settles which of the owner's friends he is (D20, U7). What was said is kept until it is
/// settled, for his joining may be heard of, and his scan be recorded, only afterwards.
/// </summary>
internal sealed class SaidTokens(HuomaDb db, SayingStore sayings, MemberStore members, CandidateQueries candidates, JoinAttribution attribution, RemovedPeople removed,
    ParticipantStore participants)
{
    public async Task HearAsync(Group group, string memberId, IReadOnlyList<string> tokens, DateTimeOffset at, CancellationToken ct)
    {
        var campaigns = await db.Campaigns.AsNoTracking().Where(row => row.LiveCodeId == group.LiveCodeId).Select(row => row.Id).ToListAsync(ct);
        var owners = await db.Participants.AsNoTracking().Where(row => campaigns.Contains(row.CampaignId) && tokens.Contains(row.Token)).ToListAsync(ct);
        if (owners.Count == 0 || await db.RobotStates.AnyAsync(row => row.AccountId == memberId, ct))
        {
            return;
        }

        foreach (var owner in tokens.SelectMany(token => owners.Where(owner => owner.Token == token)))
        {
            var standing = await participants.StandingAsync(owner, ct);
            await sayings.RememberAsync(group, memberId, standing.Id, at, ct);
            await SettleAsync(new Saying(group.LiveCodeId.Value, memberId, standing.Id.Value, group.Id.Value, at.ToUnixTimeMilliseconds()), ct);
        }
    }

    /// <summary>These were seen in a group of the code; perhaps they had said something before.</summary>
    public async Task SettleAsync(LiveCodeId code, IReadOnlyCollection<string> memberIds, CancellationToken ct)
    {
        foreach (var saying in await sayings.OfMembersAsync(code, memberIds, ct))
        {
            await SettleAsync(saying, ct);
        }
    }

    /// <summary>Friends of these participants were recorded; perhaps they have said something before.</summary>
    public async Task SettleAsync(IReadOnlyCollection<ParticipantId> inviters, CancellationToken ct)
    {
        foreach (var saying in await sayings.OfParticipantsAsync(inviters, ct))
        {
            await SettleAsync(saying, ct);
        }
    }

    private async Task SettleAsync(Saying saying, CancellationToken ct)
    {
        var (groupId, inviterId) = (new GroupId(saying.GroupId), new ParticipantId(saying.ParticipantId));
        var group = await db.Groups.SingleOrDefaultAsync(row => row.Id == groupId, ct);
        var member = await db.GroupMembers.AsNoTracking().SingleOrDefaultAsync(row => row.GroupId == groupId && row.MemberId == saying.MemberId, ct);
        if (group is null || member is null || await db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == inviterId, ct) is not { } named)
        {
            return;
        }

        var inviter = await participants.StandingAsync(named, ct);
        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == inviter.CampaignId, ct);
        var firsts = await members.FirstJoinsAsync(group.LiveCodeId, [member.MemberId], ct);
        var join = new Join(
            new JoinedMember(member.MemberId, member.Name, group.Id, member.JoinedAt), firsts.TryGetValue(member.MemberId, out var first) ? first : member.JoinedAt,
            UnionId: member.UnionId);
        if (await IsSettledAsync(campaign, inviter, group, join, ct))
        {
            await sayings.ForgetAsync(group.LiveCodeId, member.MemberId, ct);
        }
    }

    private async Task<bool> IsSettledAsync(FissionCampaign campaign, Participant inviter, Group group, Join join, CancellationToken ct)
    {
        // Whom this member was taken for until now. What is settled stays settled, whatever he says.
        var mark = removed.MarkOf(campaign.TenantId, join.Member.MemberId);
        var friend = await db.Invitees.FirstOrDefaultAsync(
            row => row.CampaignId == campaign.Id && (row.MemberId == join.Member.MemberId || row.MemberId == mark) && row.Reason == UncountedReason.None, ct);
        if (friend is { IsToBeConfirmed: false })
        {
            return true;
        }

        if (friend is not null && await IsAnotherAsync(friend, join, ct))
        {
            friend.IsSomebodyElse();
            await db.SaveChangesAsync(ct);
            friend = null;
        }

        if (friend?.InviterId == inviter.Id)
        {
            await attribution.TakeAsync(campaign, join, new JoinMatch(friend.Id, JoinEvidence.Said), ct);
            return true;
        }

        var at = join.Member.At;
        var invited = await candidates.OfAsync(campaign.Id, group, inviter.Id, at - JoinMatching.SaidWindow, at + JoinMatching.ClockTolerance, ct);
        if (JoinMatching.FindBySaid(join, invited) is not { } match)
        {
            return false;
        }

        // Something speaks against him. Of several friends it is not known which he is, and none of them is to suffer for it.
        var isOld = invited.Any(candidate => candidate.Id == match.Id && JoinMatching.IsOldMember(join.FirstInCodeAt, candidate.ScannedAt));
        if (invited.Count > 1 && (isOld || campaign.StatusAt(at) != CampaignStatus.Running))
        {
            return false;
        }

        friend?.IsSomebodyElse();
        await db.SaveChangesAsync(ct);
        await attribution.TakeAsync(campaign, join, match, ct);
        return true;
    }

    /// <summary>He was guessed before he signed in to the 公众号, which calls him otherwise than the platform calls this member (ADR 0025).</summary>
    private async Task<bool> IsAnotherAsync(Invitee friend, Join join, CancellationToken ct) =>
        join.UnionId is { } called && await candidates.UnionIdsAsync([friend.VisitorId], ct) is { Count: > 0 } his && !his.Contains(called, StringComparer.Ordinal);
}
