using System.Text.Json;
using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Blacklists;

/// <summary>Has those removed who are on the blacklist of a code and in one of its groups, no robot among them, and puts those on it who were removed (F090, F110).</summary>
internal sealed class BlacklistGuard(HuomaDb db, GroupCommands commands, TimeProvider time)
{
    /// <summary>A gateway takes no more in one command.</summary>
    private const int MostAtOnce = 100;

    public async Task ExpelAsync(LiveCode liveCode, CancellationToken ct)
    {
        if (!liveCode.Auto.Blacklist)
        {
            return;
        }

        var found = await (
            from member in db.GroupMembers
            join entry in db.BlacklistEntries on new { member.LiveCodeId, member.MemberId } equals new { entry.LiveCodeId, entry.MemberId }
            where member.LiveCodeId == liveCode.Id && member.LeftAt == null && !db.RobotStates.Any(robot => robot.AccountId == member.MemberId)
            select new { member.GroupId, member.MemberId }).ToListAsync(ct);
        if (found.Count == 0)
        {
            return;
        }

        // 企业微信 has no call that removes anybody.
        var ids = found.ConvertAll(row => row.GroupId);
        var groups = await db.Groups.Where(group => ids.Contains(group.Id) && group.Stage == GroupStage.Made && !group.Linked).ToListAsync(ct);
        var leaving = await LeavingAsync(groups.ConvertAll(group => group.Id.Value), ct);
        foreach (var group in groups)
        {
            var members = found.Where(row => row.GroupId == group.Id && !leaving.Contains((group.Id.Value, row.MemberId))).Select(row => row.MemberId).ToList();
            foreach (var some in members.Chunk(MostAtOnce))
            {
                commands.SendKick(group, some);
            }
        }
    }

    /// <summary>Whom 踢人 removed comes onto the list, if there is one.</summary>
    public async Task KickedAsync(LiveCode liveCode, IReadOnlyCollection<string> memberIds, CancellationToken ct)
    {
        if (!liveCode.Auto.Blacklist || memberIds.Count == 0)
        {
            return;
        }

        var names = await db.GroupMembers.Where(member => member.LiveCodeId == liveCode.Id && memberIds.Contains(member.MemberId))
            .Select(member => new { member.MemberId, member.Name }).ToListAsync(ct);
        var named = memberIds.Select(id => (id, names.Find(row => row.MemberId == id)?.Name ?? ""));
        await AddAsync(liveCode, [.. named], BlacklistReason.Kicked, ct);
    }

    /// <summary>Adds those who are not on it yet, up to the most a list may hold. Saved with what the caller saves.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> AddAsync(LiveCode liveCode, IReadOnlyCollection<(string MemberId, string Name)> people, BlacklistReason reason, CancellationToken ct)
    {
        var known = await db.BlacklistEntries.Where(entry => entry.LiveCodeId == liveCode.Id).Select(entry => entry.MemberId).ToListAsync(ct);
        var added = people.DistinctBy(person => person.MemberId, StringComparer.Ordinal).ExceptBy(known, person => person.MemberId, StringComparer.Ordinal)
            .Take(Math.Max(0, BlacklistEntry.MaxPerLiveCode - known.Count)).ToList();
        var now = time.GetUtcNow();
        db.BlacklistEntries.AddRange(added.Select(person => new BlacklistEntry(NewId.Of<BlacklistEntry>(), liveCode, person.MemberId, person.Name, reason, now)));

        // Visitor pages keep the list in mind as long as the code's version stays.
        if (added.Count > 0)
        {
            liveCode.SlotsChanged();
        }

        return added.Count;
    }

    private async Task<HashSet<(long GroupId, string MemberId)>> LeavingAsync(List<long> groups, CancellationToken ct)
    {
        var under = await db.RobotCommands.AsNoTracking()
            .Where(command => command.Purpose == GroupCommands.Kick && groups.Contains(command.Subject)
                && (command.State == CommandState.Queued || command.State == CommandState.Sent))
            .Select(command => new { command.Subject, command.Data }).ToListAsync(ct);
        return [.. under.SelectMany(command => MembersOf(command.Data), (command, id) => (command.Subject, id))];
    }

    private static List<string> MembersOf(string data)
    {
        using var json = JsonDocument.Parse(data);
        return [.. json.RootElement.GetProperty("memberIds").EnumerateArray().Select(id => id.GetString() ?? "")];
    }
}
