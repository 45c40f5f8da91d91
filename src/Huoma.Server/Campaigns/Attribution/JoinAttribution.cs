using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>
/// Finds the invited friends among those who joined groups. It compares what stands in the list of members with what stands among the
/// friends, and keeps nothing in mind: however often it looks, and in whatever order events came, it ends the same.
/// </summary>
internal sealed class JoinAttribution(
    HuomaDb db, MemberStore members, CandidateQueries candidates, ProgressStore progress, VisitorBlocks blocks, RemovedPeople removed, TimeProvider time)
{
    /// <summary>Looks at a group after something happened in it. What others changed has to be saved.</summary>
    /// <param name="entrances">Through which invitation members joined, where the platform tells it, by member.</param>
    /// <param name="at">When it happened; who joined long before has been looked at.</param>
    /// <returns>Members who were looked at: the new ones.</returns>
    public async Task<IReadOnlyCollection<string>> LookAtAsync(Group group, IReadOnlyDictionary<string, string> entrances, DateTimeOffset at, CancellationToken ct)
    {
        var campaigns = await db.Campaigns.AsNoTracking().Where(row => row.LiveCodeId == group.LiveCodeId).ToListAsync(ct);
        if (campaigns.Count == 0)
        {
            return [];
        }

        var since = at - JoinMatching.Window;
        await members.RememberGroupAsync(group.Id, since, ct);
        var rows = await db.GroupMembers.AsNoTracking().Where(row => row.GroupId == group.Id && row.SeenAt >= since).ToListAsync(ct);
        foreach (var campaign in campaigns)
        {
            await FollowAsync(campaign, group, ct);
            await FindAsync(campaign, group, rows, entrances, ct);
        }

        return rows.ConvertAll(row => row.MemberId);
    }

    /// <summary>Scans between two instants were recorded; perhaps who made them has joined by then.</summary>
    public async Task LookBackAsync(FissionCampaign campaign, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var until = to + JoinMatching.Window;
        var rows = await db.GroupMembers.AsNoTracking()
            .Where(row => row.LiveCodeId == campaign.LiveCodeId && row.JoinedAt >= from && row.JoinedAt <= until && row.LeftAt == null).ToListAsync(ct);
        var ids = rows.Select(row => row.GroupId).Distinct().ToList();
        foreach (var group in ids.Count == 0 ? [] : await db.Groups.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(ct))
        {
            await FindAsync(campaign, group, rows.FindAll(row => row.GroupId == group.Id), new Dictionary<string, string>(StringComparer.Ordinal), ct);
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
    public Task SettleAsync(FissionCampaign campaign, Invitee friend, CancellationToken ct) => SettleAsync(campaign, [friend], ct);

    /// <inheritdoc cref="SettleAsync(FissionCampaign, Invitee, CancellationToken)"/>
    public async Task SettleAsync(FissionCampaign campaign, IReadOnlyCollection<Invitee> friends, CancellationToken ct)
    {
        foreach (var friend in friends)
        {
            await blocks.TellAsync(friend, ct);
        }

        await db.SaveChangesAsync(ct);
        foreach (var inviter in friends.Select(friend => friend.InviterId).Distinct())
        {
            await progress.CompleteAsync(campaign, inviter, ct);
        }
    }

    /// <summary>Friends who left every group of the code, or came back.</summary>
    private async Task FollowAsync(FissionCampaign campaign, Group group, CancellationToken ct)
    {
        var id = group.Id;
        var differing = await (
            from row in db.GroupMembers
            where row.GroupId == id
            join friend in db.Invitees on row.MemberId equals friend.MemberId
            where friend.CampaignId == campaign.Id && (friend.LeftAt == null) != (row.LeftAt == null)
            select new { Friend = friend, row.LeftAt }).ToListAsync(ct);
        var gone = differing.Where(one => one.LeftAt is not null).Select(one => one.Friend.MemberId).ToList();
        var elsewhere = gone.Count == 0 ? [] : await db.GroupMembers.AsNoTracking().Where(row => row.LiveCodeId == campaign.LiveCodeId && row.LeftAt == null && gone.Contains(row.MemberId))
            .Select(row => row.MemberId).ToListAsync(ct);
        foreach (var (friend, leftAt) in differing.Select(one => (one.Friend, one.LeftAt)))
        {
            if (leftAt is null)
            {
                friend.Returns();
            }
            else if (!elsewhere.Contains(friend.MemberId ?? ""))
            {
                friend.Leaves(leftAt.Value);
            }
            else
            {
                continue;
            }

            await SettleAsync(campaign, friend, ct);
        }
    }

    // All candidates are read at once: every further question would keep whoever else writes waiting.
    private async Task FindAsync(
        FissionCampaign campaign, Group group, IReadOnlyCollection<GroupMember> rows, IReadOnlyDictionary<string, string> entrances, CancellationToken ct)
    {
        var ids = rows.Where(row => row.IsIn && row.Source != MemberSource.Founding).Select(row => row.MemberId).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var marks = ids.ToDictionary(id => id, id => removed.MarkOf(campaign.TenantId, id), StringComparer.Ordinal);
        List<string> known = [.. ids, .. marks.Values];
        var taken = await db.Invitees.AsNoTracking().Where(row => row.CampaignId == campaign.Id && row.MemberId != null && known.Contains(row.MemberId))
            .Select(row => row.MemberId).ToListAsync(ct);
        var robots = await db.RobotStates.AsNoTracking().Where(row => row.AccountId != null && ids.Contains(row.AccountId)).Select(row => row.AccountId).ToListAsync(ct);
        var joined = rows
            .Where(row => marks.TryGetValue(row.MemberId, out var mark) && !taken.Contains(row.MemberId) && !taken.Contains(mark) && !robots.Contains(row.MemberId)).OrderBy(row => row.JoinedAt).ToList();
        if (joined.Count == 0)
        {
            return;
        }

        var firsts = await members.FirstJoinsAsync(campaign.LiveCodeId, joined.ConvertAll(row => row.MemberId), ct);
        var friends = (await candidates.OfAsync(
            campaign.Id, group, inviter: null, joined[0].JoinedAt - JoinMatching.Window, joined[^1].JoinedAt + JoinMatching.ClockTolerance, ct)).ToList();
        foreach (var row in joined)
        {
            var join = new Join(
                new JoinedMember(row.MemberId, row.Name, group.Id, row.JoinedAt), firsts.TryGetValue(row.MemberId, out var first) ? first : row.JoinedAt,
                entrances.GetValueOrDefault(row.MemberId));
            if (JoinMatching.Find(join, friends) is { } match)
            {
                await TakeAsync(campaign, join, match, ct);
                friends.RemoveAll(friend => friend.Id == match.Id);
            }
        }
    }
}
