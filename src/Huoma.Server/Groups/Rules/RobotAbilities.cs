using Huoma.Domain;
using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>A robot that keeps groups of the code.</summary>
/// <param name="Lacks">What its platform is known not to be able to do, of what rules and announcements need, by the words of the gateway protocol.</param>
internal sealed record RuleRobotResponse(RobotId Id, string Name, IReadOnlyList<string> Lacks);

/// <summary>What the robots of a code can do: what none of them can is refused, what some can not is said.</summary>
internal sealed class RobotAbilities(HuomaDb db)
{
    private static readonly string[] Needed = [CommandTypes.Send, CommandTypes.SendImage, CommandTypes.SendLink, CommandTypes.Kick, CommandTypes.Announce];

    public async Task<IReadOnlyList<RuleRobotResponse>> OfAsync(LiveCodeId id, CancellationToken ct)
    {
        var robots = await db.Robots.AsNoTracking()
            .Where(robot => db.Groups.Any(group => group.LiveCodeId == id && group.RobotId == robot.Id && group.Stage == GroupStage.Made)).OrderBy(robot => robot.CreatedAt)
            .ToListAsync(ct);
        var ids = robots.ConvertAll(robot => robot.Id);
        var states = await db.RobotStates.AsNoTracking().Where(state => ids.Contains(state.RobotId)).ToDictionaryAsync(state => state.RobotId, ct);
        return robots.ConvertAll(robot => new RuleRobotResponse(
            robot.Id, robot.Name, states.TryGetValue(robot.Id, out var state) ? [.. Needed.Where(state.Lacks)] : []));
    }

    /// <summary>Says no when there are robots and none of them can do it.</summary>
    public static Refusal? Refuse(IReadOnlyList<RuleRobotResponse> robots, IEnumerable<(string Capability, string Field)> wanted) =>
        robots.Count == 0 ? null : wanted
            .Where(need => robots.All(robot => robot.Lacks.Contains(need.Capability, StringComparer.Ordinal)))
            .Select(need => new Refusal("rules.robot-can-not", RuleTexts.Lacking(need.Capability), need.Field)).FirstOrDefault();
}
