using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>A member says a 口令 in his group: its owner invited him. That settles which of the owner's friends he is (D20, U7).</summary>
internal sealed class SaidTokens(HuomaDb db, MemberStore members, CandidateQueries candidates, ParticipantStore participants, JoinAttribution attribution)
{
    public async Task HearAsync(Group group, string memberId, IReadOnlyList<string> tokens, DateTimeOffset at, CancellationToken ct)
    {
        var inviters = await db.Participants.AsNoTracking().Where(row => row.LiveCodeId == group.LiveCodeId && tokens.Contains(row.Token)).ToListAsync(ct);
        if (inviters.Count == 0
            || await db.GroupMembers.AsNoTracking().SingleOrDefaultAsync(row => row.GroupId == group.Id && row.MemberId == memberId, ct) is not { IsIn: true } member
            || await db.RobotStates.AnyAsync(row => row.AccountId == memberId, ct))
        {
            return;
        }

        await members.RememberGroupAsync(group.Id, ct);
        var firsts = await members.FirstJoinsAsync(group.LiveCodeId, [memberId], ct);
        var join = new Join(new JoinedMember(memberId, member.Name, group.Id, member.JoinedAt), firsts.GetValueOrDefault(memberId, member.JoinedAt));
        foreach (var named in inviters)
        {
            var inviter = await participants.StandingAsync(named, ct);
            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == inviter.CampaignId, ct);
            if (campaign.StatusAt(at) == CampaignStatus.Running)
            {
                await HearAsync(campaign, inviter, group, join, ct);
            }
        }
    }

    private async Task HearAsync(FissionCampaign campaign, Participant inviter, Group group, Join join, CancellationToken ct)
    {
        // Whom this member was taken for until now. What is settled stays settled, whatever he says.
        var friend = await db.Invitees.SingleOrDefaultAsync(
            row => row.CampaignId == campaign.Id && row.MemberId == join.Member.MemberId && row.Reason == UncountedReason.None, ct);
        if (friend is { IsToBeConfirmed: false })
        {
            return;
        }

        if (friend?.InviterId == inviter.Id)
        {
            await attribution.TakeAsync(campaign, join, new JoinMatch(friend.Id, JoinEvidence.Said), ct);
            return;
        }

        var at = join.Member.At;
        var invited = await candidates.OfAsync(campaign.Id, group, inviter.Id, at - JoinMatching.SaidWindow, at + JoinMatching.ClockTolerance, ct);
        if (JoinMatching.FindBySaid(join, invited) is { } match)
        {
            friend?.IsSomebodyElse();
            await db.SaveChangesAsync(ct);
            await attribution.TakeAsync(campaign, join, match, ct);
        }
    }
}
