using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Groups;

/// <summary>One thing to be done for the groups of a code.</summary>
public abstract record GroupStep
{
    private GroupStep()
    {
    }

    /// <summary>Makes the group of this number.</summary>
    public sealed record Create(int Number) : GroupStep;

    /// <summary>Asks for a QR: there is none yet, or it gets old (F091).</summary>
    public sealed record FetchQr(Group Group) : GroupStep;

    /// <summary>Asks who is in it: events may have been lost while the robot was away.</summary>
    public sealed record CompareMembers(Group Group) : GroupStep;
}

/// <summary>Decides what is to be done next for the groups of one code (D26, D27, F040–F044, F091). Pure: asked again with the same, it says the same.</summary>
public static class GroupPlan
{
    /// <summary>A group's QR lives seven days; it is replaced before five have passed (F091), and before anybody is warned that it runs out in 48 hours.</summary>
    public static readonly TimeSpan QrRefreshesAfter = TimeSpan.FromDays(4.5);

    /// <summary>How often every member list is compared, whatever events came.</summary>
    public static readonly TimeSpan ComparesEvery = TimeSpan.FromMinutes(10);

    /// <param name="groups">All groups the code ever had.</param>
    /// <param name="groupsLeft">剩余自动建群数量, without what is being made.</param>
    public static IReadOnlyList<GroupStep> Next(LiveCode liveCode, IReadOnlyCollection<Group> groups, long groupsLeft, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        ArgumentNullException.ThrowIfNull(groups);
        if (liveCode.DeletedAt is not null)
        {
            return [];
        }

        var made = groups.Where(group => group.Stage == GroupStage.Made).OrderBy(group => group.Number).ToList();
        return
        [
            .. Wanted(liveCode, groups).Take((int)Math.Clamp(groupsLeft, 0, AutoBuild.MaxGroups)).Select(number => new GroupStep.Create(number)),
            .. made.Where(group => NeedsQr(group, now)).Select(group => new GroupStep.FetchQr(group)),
            .. made.Where(group => group.ComparedAt is not { } at || now - at >= ComparesEvery).Select(group => new GroupStep.CompareMembers(group)),
        ];
    }

    /// <summary>Whether another one is made ahead, so that no scan waits for it: the last one with room is half full (D26).</summary>
    public static bool RunsOut(IReadOnlyCollection<Group> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var open = groups.Where(group => group.Room > 0).ToList();
        return open.Count == 0 || (open.Count == 1 && open[0].Room * 2 <= open[0].MemberThreshold);
    }

    /// <summary>编号 of a group that people made: after all that robots were promised to make.</summary>
    public static int NumberOfLinked(LiveCode liveCode, IReadOnlyCollection<Group> groups)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        return groups.Select(group => group.Number).Append(liveCode.Auto.LastOfFirst).Max() + 1;
    }

    private static List<int> Wanted(LiveCode liveCode, IReadOnlyCollection<Group> groups)
    {
        var auto = liveCode.Auto;
        var known = groups.Select(group => group.Number).ToHashSet();
        var first = Enumerable.Range(auto.FirstNumber, auto.Groups).Where(number => !known.Contains(number)).ToList();
        if (first.Count > 0)
        {
            return first;
        }

        // One after the other: whatever is on its way, or waits for somebody to look at it, comes first.
        var settled = groups.All(group => group.Stage is GroupStage.Made or GroupStage.Dismissed);
        return auto is { Replenish: true, Groups: > 0 } && settled && liveCode.Status == LiveCodeStatus.On && RunsOut(groups) ? [known.Max() + 1] : [];
    }

    private static bool NeedsQr(Group group, DateTimeOffset now) => group.QrIssuedAt is not { } issued || now - issued >= QrRefreshesAfter;
}
