using Huoma.Domain.WeCom;
using Huoma.Server.Platform;
using Huoma.Server.WeCom.Api;

namespace Huoma.Server.WeCom.JoinWays;

/// <summary>Deletes join ways that no group shows any more: a corporation may have only so many. Of a deleted robot they stay with the platform; its secrets are gone.</summary>
internal sealed class SweepJoinWays(JoinWayStore store, WeComRobotQueries robots, WeComClient client, ILogger<SweepJoinWays> log) : IScheduledJob
{
    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var swept = 0;
        foreach (var way in await store.OrphansAsync(ct))
        {
            if (await robots.FindAsync(way.RobotId, ct) is { } robot && await DeleteAsync(robot, way, ct) is { } fault)
            {
                log.SweepFailed(way.RobotId, fault.Code);
                continue;
            }

            await store.ForgetAsync(way, ct);
            log.JoinWaySwept(way.RobotId);
            swept++;
        }

        return JobResult.Of(("joinWays", swept));
    }

    private async Task<WeComFault?> DeleteAsync(WeComRobot robot, JoinWay way, CancellationToken ct)
    {
        if (robot.Corporation is not { } corporation)
        {
            return WeComFault.NoSecrets;
        }

        // Somebody may have deleted it before.
        var fault = (await client.DeleteJoinWayAsync(corporation, way.ConfigId, ct)).Fault;
        return fault is { IsAboutThis: true } ? null : fault;
    }
}
