using System.Collections.Concurrent;
using Huoma.Server.Platform;

namespace Huoma.Server.Robots;

/// <summary>Wakes those of this process who serve a robot or react to it. Whoever is not here looks again within a second anyway.</summary>
internal sealed class RobotBells
{
    private readonly ConcurrentDictionary<Bell, RobotId> sessions = [];

    /// <summary>Something came in.</summary>
    public Bell Inbox { get; } = new();

    /// <summary>A bell for a session of the robot, until <see cref="Take"/>.</summary>
    public Bell Hang(RobotId robotId)
    {
        var bell = new Bell();
        sessions[bell] = robotId;
        return bell;
    }

    public void Take(Bell bell) => sessions.TryRemove(bell, out _);

    /// <summary>There is something to tell the robot, or its sessions have to look whether they still are.</summary>
    public void Ring(RobotId robotId)
    {
        foreach (var (bell, servedId) in sessions)
        {
            if (servedId == robotId)
            {
                bell.Ring();
            }
        }
    }

    /// <summary>Something changed that more than one robot's sessions have to look at.</summary>
    public void RingAll()
    {
        foreach (var bell in sessions.Keys)
        {
            bell.Ring();
        }
    }
}
