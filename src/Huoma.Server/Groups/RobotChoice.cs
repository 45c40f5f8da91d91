using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>Which robot makes the next group: of those that can, the one with the fewest groups.</summary>
internal sealed class RobotChoice(HuomaDb db)
{
    /// <summary>Null while none can.</summary>
    public async Task<Robot?> ForCreatingAsync(DateTimeOffset now, CancellationToken ct)
    {
        var robots = await db.Robots.AsNoTracking().Where(robot => robot.Enabled && robot.DeletedAt == null).ToListAsync(ct);
        var ids = robots.ConvertAll(robot => robot.Id);
        var states = await db.RobotStates.AsNoTracking().Where(state => ids.Contains(state.RobotId)).ToDictionaryAsync(state => state.RobotId, ct);
        var groups = await db.Groups.Where(group => ids.Contains(group.RobotId) && group.Stage != GroupStage.Dismissed && group.Stage != GroupStage.Failed)
            .GroupBy(group => group.RobotId).Select(group => new { Id = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Id, row => row.Count, ct);
        return robots.Where(robot => robot.SeedIds.Count >= Robot.MinSeeds && states.TryGetValue(robot.Id, out var state) && Can(state, now))
            .OrderBy(robot => groups.GetValueOrDefault(robot.Id)).ThenBy(robot => robot.CreatedAt).FirstOrDefault();
    }

    private static bool Can(RobotState state, DateTimeOffset now) =>
        state.IsConnected(now) && state.CanAct && !(state.CreationStoppedUntil > now) && state.Capabilities?.Contains(CommandTypes.CreateRoom, StringComparer.Ordinal) != false;
}
