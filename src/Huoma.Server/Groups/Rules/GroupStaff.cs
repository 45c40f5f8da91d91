using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>Who in a group is one of ours: the robots, the friends they begin groups with, and whom the code names.</summary>
internal sealed class GroupStaff(HuomaDb db)
{
    public async Task<GroupRoles> RolesInAsync(Group group, IReadOnlyList<string> staffIds, CancellationToken ct)
    {
        var seeds = await db.Robots.AsNoTracking().Select(robot => robot.SeedIds).ToListAsync(ct);
        return new GroupRoles(group.OwnerId, group.AdminIds, await RobotsAsync(ct), [.. staffIds, .. seeds.SelectMany(ids => ids)]);
    }

    public async Task<IReadOnlyCollection<string>> RobotsAsync(CancellationToken ct)
    {
        var accounts = await db.RobotStates.AsNoTracking().Select(state => state.AccountId).ToListAsync(ct);
        return accounts.OfType<string>().ToHashSet(StringComparer.Ordinal);
    }
}
