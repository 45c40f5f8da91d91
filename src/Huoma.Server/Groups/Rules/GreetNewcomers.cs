using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>入群欢迎语: says the welcome of the code when somebody joins one of its groups (F102–F104).</summary>
internal sealed class GreetNewcomers(HuomaDb db, PostWriter writer, GroupStaff staff, RuleCommands commands, TimeProvider time)
{
    /// <param name="joined">Who is new to the group.</param>
    /// <param name="isWholeTruth">False when there are more, and the platform did not say who.</param>
    public async Task JoinedAsync(GroupPlace place, IReadOnlyList<MemberSeen> joined, bool isWholeTruth, DateTimeOffset at, CancellationToken ct)
    {
        if (!isWholeTruth && joined.Count == 0)
        {
            (await StateAsync(place.Group, ct)).SomebodyJoined(at);
        }

        await GreetAsync(place, joined, at, ct);
    }

    /// <summary>Members whom a list showed: greeted only when somebody joined a moment ago of whom the platform did not say who he was.</summary>
    public async Task FoundAsync(GroupPlace place, IReadOnlyList<MemberSeen> joined, CancellationToken ct)
    {
        if (await db.GroupRuleStates.FindAsync([place.Group.Id], ct) is { } state && state.TakeNamelessJoin() is { } at)
        {
            await GreetAsync(place, joined, at, ct);
        }
    }

    private async Task GreetAsync(GroupPlace place, IReadOnlyList<MemberSeen> joined, DateTimeOffset at, CancellationToken ct)
    {
        var (group, liveCode) = (place.Group, place.LiveCode);
        if (joined.Count == 0 || group.Stage != GroupStage.Made || liveCode.DeletedAt is not null
            || await db.GroupRules.AsNoTracking().SingleOrDefaultAsync(row => row.LiveCodeId == liveCode.Id, ct) is not { Welcome: { Enabled: true } welcome })
        {
            return;
        }

        var robot = await db.RobotStates.AsNoTracking().SingleOrDefaultAsync(row => row.RobotId == group.RobotId, ct);
        var able = welcome.Messages.Where(post => robot?.Lacks(PostWriter.CapabilityOf(post)) != true).ToList();
        var guests = await GuestsAsync(place, joined, ct);
        if (able.Count == 0 || guests.Count == 0 || (await StateAsync(group, ct)).Welcomes(welcome, at, time.GetUtcNow()) is not ReplyDecision.Reply reply)
        {
            return;
        }

        var parts = await writer.PartsAsync(able, guests, group.RealName ?? group.Name, ct);
        if (parts.Count > 0)
        {
            commands.SendReply(group, parts, reply.Until);
        }
    }

    /// <summary>Without robots, and without those who are about to be removed.</summary>
    private async Task<IReadOnlyList<string>> GuestsAsync(GroupPlace place, IReadOnlyList<MemberSeen> joined, CancellationToken ct)
    {
        var ids = joined.Select(member => member.Id).ToList();
        var unwanted = place.LiveCode.Auto.Blacklist
            ? await db.BlacklistEntries.Where(entry => entry.LiveCodeId == place.LiveCode.Id && ids.Contains(entry.MemberId)).Select(entry => entry.MemberId).ToListAsync(ct)
            : [];
        return [.. ids.Except([.. await staff.RobotsAsync(ct), .. unwanted], StringComparer.Ordinal)];
    }

    private async Task<GroupRuleState> StateAsync(Group group, CancellationToken ct)
    {
        if (await db.GroupRuleStates.FindAsync([group.Id], ct) is { } known)
        {
            return known;
        }

        var state = new GroupRuleState(group);
        db.GroupRuleStates.Add(state);
        return state;
    }
}
