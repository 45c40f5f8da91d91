using Huoma.Domain;
using Huoma.Server.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Groups;

/// <summary>重试 of a group that could not be made, by whichever robot can (F044).</summary>
internal static class RetryGroup
{
    private static readonly Refusal NoRobot = new("group.no-robot", "没有可以建群的机器人：请检查机器人是否启用、在线、选好了种子好友");
    private static readonly Refusal NoQuota = new("quota.not-enough", "剩余自动建群数量为 0，请联系平台管理员增加");

    public static Task<Results<Ok<GroupResponse>, ProblemHttpResult>> Handle(
        GroupId id, HuomaDb db, GroupQueries queries, GroupCommands commands, GroupBalance balance, RobotChoice robots, TimeProvider time, CancellationToken ct) =>
        GroupEdit.RunAsync(
            id, db, queries,
            async place =>
            {
                await balance.LockAsync(ct);
                if (await balance.OpenAsync(ct) <= 0)
                {
                    return NoQuota;
                }

                if (await robots.ForCreatingAsync(time.GetUtcNow(), ct) is not { } robot)
                {
                    return NoRobot;
                }

                var refusal = place.Group.TriesAgain(robot.Id);
                if (refusal is null)
                {
                    commands.SendCreate(place.Group, robot);
                }

                return refusal;
            },
            ct);
}
