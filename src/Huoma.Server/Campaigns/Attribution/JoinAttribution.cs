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
            await FindAsync(campaign, group, rows, entrances, ct);
            await FollowAsync(campaign, group, ct);
        }

        return rows.ConvertAll(row => row.MemberId);
    }

    /// <summary>Scans of these friends were recorded, or it is known only now who they are; perhaps they joined before.</summary>
    public async Task LookBackAsync(FissionCampaign campaign, IReadOnlyCollection<Invitee> friends, CancellationToken ct)
    {
        var (from, until) = (friends.Min(friend => friend.ScannedAt), friends.Max(friend => friend.ScannedAt) + JoinMatching.Window);
        var unionIds = await candidates.UnionIdsAsync([.. friends.Select(friend => friend.VisitorId)], ct);
        var ofCode = db.GroupMembers.AsNoTracking().Where(row => row.LiveCodeId == campaign.LiveCodeId);
        var rows = await ofCode.Where(row => row.JoinedAt >= from && row.JoinedAt <= until && row.LeftAt == null).ToListAsync(ct);
        var named = unionIds.Count == 0 ? [] : await ofCode.Where(row => row.UnionId != null && unionIds.Contains(row.UnionId)).ToListAsync(ct);
        var byGroup = rows.UnionBy(named, row => (row.GroupId, row.MemberId)).ToLookup(row => row.GroupId);
        var ids = byGroup.Select(some => some.Key).ToList();
        foreach (var group in ids.Count == 0 ? [] : await db.Groups.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(ct))
        {
            await FindAsync(campaign, group, [.. byGroup[group.Id]], new Dictionary<string, string>(StringComparer.Ordinal), ct);
            await FollowAsync(campaign, group, ct);
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
        var (joined, guesses) = await UnsettledAsync(campaign, rows, ct);
        if (joined.Count == 0)
        {
            return;
        }

        var firsts = await members.FirstJoinsAsync(campaign.LiveCodeId, joined.ConvertAll(row => row.MemberId), ct);
        var inTime = await candidates.OfAsync(
            campaign.Id, group, inviter: null, joined[0].JoinedAt - JoinMatching.Window, joined[^1].JoinedAt + JoinMatching.ClockTolerance, ct);
        var called = await candidates.CalledAsync(campaign.Id, group, [.. joined.Select(row => row.UnionId).OfType<string>().Distinct(StringComparer.Ordinal)], ct);
        var friends = called.UnionBy(inTime, friend => friend.Id).ToList();
        foreach (var row in joined)
        {
            var join = new Join(
                new JoinedMember(row.MemberId, row.Name, group.Id, row.JoinedAt), firsts.TryGetValue(row.MemberId, out var first) ? first : row.JoinedAt,
                entrances.GetValueOrDefault(row.MemberId), row.UnionId);
            if (JoinMatching.Find(join, friends) is not { } match || (guesses.TryGetValue(row.MemberId, out var guessed) && !match.IsCertain))
            {
                continue;
            }

            await ReleaseAsync(guessed, match.Id, ct);
            await TakeAsync(campaign, join, match, ct);
            friends.RemoveAll(friend => friend.Id == match.Id);
        }
    }

    /// <summary>Members of whom it is not known whose friend they are, in the order they joined; and for whom some of them were taken, which is only a guess.</summary>
    private async Task<(List<GroupMember> Members, Dictionary<string, InviteeId> Guesses)> UnsettledAsync(
        FissionCampaign campaign, IReadOnlyCollection<GroupMember> rows, CancellationToken ct)
    {
        // Who left is of interest only where it is certain who he was.
        var open = rows.Where(row => row.Source != MemberSource.Founding && (row.IsIn || row.UnionId is not null)).OrderBy(row => row.JoinedAt).ToList();
        if (open.Count == 0)
        {
            return ([], []);
        }

        var ids = open.ConvertAll(row => row.MemberId);
        var marks = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => removed.MarkOf(campaign.TenantId, id), StringComparer.Ordinal);
        List<string> known = [.. ids, .. marks.Values];
        var taken = await db.Invitees.AsNoTracking().Where(row => row.CampaignId == campaign.Id && row.MemberId != null && known.Contains(row.MemberId))
            .Select(row => new { row.Id, MemberId = row.MemberId ?? "", IsGuess = row.State == InviteeState.Pending }).ToListAsync(ct);
        var robots = await db.RobotStates.AsNoTracking().Where(row => row.AccountId != null && ids.Contains(row.AccountId)).Select(row => row.AccountId).ToListAsync(ct);
        var settled = taken.Where(row => !row.IsGuess).Select(row => row.MemberId).ToHashSet(StringComparer.Ordinal);
        var guesses = taken.Where(row => row.IsGuess).ToDictionary(row => row.MemberId, row => row.Id, StringComparer.Ordinal);
        open.RemoveAll(row => settled.Contains(row.MemberId) || settled.Contains(marks[row.MemberId]) || robots.Contains(row.MemberId)
            || (row.UnionId is null && guesses.ContainsKey(row.MemberId)));
        return (open, guesses);
    }

    /// <summary>It is certain now that this member is another friend.</summary>
    private async Task ReleaseAsync(InviteeId? guessed, InviteeId himself, CancellationToken ct)
    {
        if (guessed is { } id && id != himself && await db.Invitees.SingleOrDefaultAsync(row => row.Id == id, ct) is { } other)
        {
            other.IsSomebodyElse();
            await db.SaveChangesAsync(ct);
        }
    }
}
