using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>
/// Finds the invited friends among those who joined groups. It compares what stands in the list of members with what stands among the
/// friends, and keeps nothing in mind: however often it looks, and in whatever order events came, it ends the same.
/// </summary>
internal sealed class JoinAttribution(HuomaDb db, MemberStore members, CandidateQueries candidates, ProgressStore progress, VisitorBlocks blocks, TimeProvider time)
{
    /// <summary>Looks at a group after something happened in it. What others changed has to be saved.</summary>
    /// <param name="entrances">Through which invitation members joined, where the platform tells it, by member.</param>
    public async Task LookAtAsync(Group group, IReadOnlyDictionary<string, string> entrances, CancellationToken ct)
    {
        var campaigns = await db.Campaigns.AsNoTracking().Where(row => row.LiveCodeId == group.LiveCodeId).ToListAsync(ct);
        if (campaigns.Count == 0)
        {
            return;
        }

        await members.RememberGroupAsync(group.Id, ct);
        var rows = await db.GroupMembers.Where(row => row.GroupId == group.Id).ToListAsync(ct);
        foreach (var campaign in campaigns)
        {
            await FollowAsync(campaign, rows, ct);
            await FindAsync(campaign, group, rows, entrances, ct);
        }
    }

    /// <summary>A scan was recorded late: perhaps he has joined since.</summary>
    public async Task LookBackAsync(FissionCampaign campaign, DateTimeOffset scannedAt, CancellationToken ct)
    {
        var joined = await db.GroupMembers.AsNoTracking().Where(row => row.LiveCodeId == campaign.LiveCodeId && row.JoinedAt >= scannedAt && row.LeftAt == null)
            .Select(row => row.GroupId).Distinct().ToListAsync(ct);
        foreach (var group in await db.Groups.AsNoTracking().Where(row => joined.Contains(row.Id)).ToListAsync(ct))
        {
            var rows = await db.GroupMembers.AsNoTracking().Where(row => row.GroupId == group.Id && row.JoinedAt >= scannedAt).ToListAsync(ct);
            await FindAsync(campaign, group, rows, new Dictionary<string, string>(StringComparer.Ordinal), ct);
        }
    }

    /// <summary>Writes down that a friend is a certain member, or may be.</summary>
    public async Task TakeAsync(FissionCampaign campaign, Join join, JoinMatch match, CancellationToken ct)
    {
        var friend = await db.Invitees.SingleAsync(row => row.Id == match.Id, ct);
        var isRunning = campaign.StatusAt(join.Member.At) == CampaignStatus.Running;
        if (!match.IsCertain)
        {
            if (isRunning)
            {
                friend.MayBe(join.Member, match.Evidence);
            }
        }
        else
        {
            friend.MayBe(join.Member, match.Evidence);
            if (JoinMatching.IsOldMember(join.FirstInCodeAt, friend.ScannedAt))
            {
                friend.DoesNotCount(UncountedReason.OldMember);
            }
            else if (isRunning)
            {
                friend.Joins(join.Member, match.Evidence, time.GetUtcNow());
            }
            else
            {
                friend.DoesNotCount(UncountedReason.Late);
            }
        }

        await SettleAsync(campaign, friend, ct);
    }

    /// <summary>To be called after every change of a friend.</summary>
    public async Task SettleAsync(FissionCampaign campaign, Invitee friend, CancellationToken ct)
    {
        await blocks.TellAsync(friend, ct);
        await db.SaveChangesAsync(ct);
        await progress.CompleteAsync(campaign, friend.InviterId, ct);
    }

    /// <summary>Friends who left every group of the code, or came back.</summary>
    private async Task FollowAsync(FissionCampaign campaign, List<GroupMember> rows, CancellationToken ct)
    {
        var ids = rows.ConvertAll(row => row.MemberId);
        var friends = await db.Invitees.Where(row => row.CampaignId == campaign.Id && row.MemberId != null && ids.Contains(row.MemberId)).ToListAsync(ct);
        if (friends.Count == 0)
        {
            return;
        }

        var elsewhere = await db.GroupMembers.AsNoTracking().Where(row => row.LiveCodeId == campaign.LiveCodeId && row.LeftAt == null && ids.Contains(row.MemberId))
            .Select(row => row.MemberId).ToListAsync(ct);
        foreach (var friend in friends)
        {
            var isIn = elsewhere.Contains(friend.MemberId ?? "");
            if (isIn == (friend.LeftAt is null))
            {
                continue;
            }

            if (isIn)
            {
                friend.Returns();
            }
            else
            {
                friend.Leaves(rows.Find(row => row.MemberId == friend.MemberId)?.LeftAt ?? time.GetUtcNow());
            }

            await SettleAsync(campaign, friend, ct);
        }
    }

    private async Task FindAsync(
        FissionCampaign campaign, Group group, IReadOnlyCollection<GroupMember> rows, IReadOnlyDictionary<string, string> entrances, CancellationToken ct)
    {
        var ids = rows.Where(row => row.IsIn && row.Source != MemberSource.Founding).Select(row => row.MemberId).ToList();
        var taken = await db.Invitees.AsNoTracking().Where(row => row.CampaignId == campaign.Id && row.MemberId != null && ids.Contains(row.MemberId))
            .Select(row => row.MemberId).ToListAsync(ct);
        var robots = await db.RobotStates.AsNoTracking().Where(row => row.AccountId != null && ids.Contains(row.AccountId)).Select(row => row.AccountId).ToListAsync(ct);
        var firsts = await members.FirstJoinsAsync(campaign.LiveCodeId, ids, ct);
        foreach (var row in rows.Where(row => ids.Contains(row.MemberId) && !taken.Contains(row.MemberId) && !robots.Contains(row.MemberId)).OrderBy(row => row.JoinedAt))
        {
            var at = row.JoinedAt;
            var found = await candidates.OfAsync(campaign.Id, group, inviter: null, at - JoinMatching.Window, at + JoinMatching.ClockTolerance, ct);
            var join = new Join(
                new JoinedMember(row.MemberId, row.Name, group.Id, at), firsts.TryGetValue(row.MemberId, out var first) ? first : at, entrances.GetValueOrDefault(row.MemberId));
            if (found.Count > 0 && JoinMatching.Find(join, found) is { } match)
            {
                await TakeAsync(campaign, join, match, ct);
            }
        }
    }
}
