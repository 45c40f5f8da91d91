namespace Huoma.Domain.Simulator;

/// <summary>Makes something go wrong, see <see cref="SimFault"/>.</summary>
public static class SimFaults
{
    /// <summary>Most that wait at one robot.</summary>
    private const int MostWaiting = 20;

    public static Refusal? OnRobot(SimWorld world, string robotId, SimFault fault)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (!world.Robots.TryGetValue(robotId, out var robot))
        {
            return new Refusal("sim.no-robot", "没有这个机器人，或它还没有上线过");
        }

        if (fault is SimFault.QrExpired or SimFault.RoomFull)
        {
            return new Refusal("sim.fault-of-group", "这个故障要选择一个群", "groupId");
        }

        if (robot.Faults.Count >= MostWaiting)
        {
            return new Refusal("sim.too-many-faults", $"最多 {MostWaiting} 个故障排队等待");
        }

        robot.Faults.Add(fault);
        return null;
    }

    public static Refusal? OnGroup(SimWorld world, string groupId, SimFault fault, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.GroupOf(groupId) is not { } group)
        {
            return SimRefusals.NoGroup;
        }

        switch (fault)
        {
            case SimFault.QrExpired:
                group.ExpireQrs(now);
                return null;
            case SimFault.RoomFull:
                group.IsShut = !group.IsShut;
                return null;
            default:
                return new Refusal("sim.fault-of-robot", "这个故障要选择一个机器人", "robotId");
        }
    }
}
