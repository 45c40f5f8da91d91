using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Quota;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>群管理列表 (F084), and what new groups wait for.</summary>
internal static class ListGroups
{
    /// <summary>Why no more groups are made although more are wanted.</summary>
    internal enum Obstacle
    {
        /// <summary>No robot is enabled, online and has its seed friends.</summary>
        NoRobot = 1,

        /// <summary>剩余自动建群数量 is 0.</summary>
        NoQuota = 2,

        /// <summary>A group failed: replenishing waits until somebody has looked.</summary>
        FailedGroup = 3,
    }

    /// <param name="Wanted">How many of 群总数 are still to be made.</param>
    /// <param name="Obstacle">Null: nothing is in the way.</param>
    public sealed record Response(IReadOnlyList<GroupResponse> Items, int Wanted, Obstacle? Obstacle, long GroupsLeft);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, HuomaDb db, GroupQueries queries, QuotaQueries quota, RobotChoice robots, TimeProvider time, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        if (liveCode.Building != Building.Auto)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "group.not-auto", "手动建群的活码没有群管理，请使用「群二维码管理」");
        }

        var groups = await queries.DescribeAsync(liveCode, ct);
        var left = await quota.LeftAsync(ct);
        var wanted = Math.Max(0, liveCode.Auto.Groups - groups.Count(group => group.Number <= liveCode.Auto.LastOfFirst));
        var able = await robots.ForCreatingAsync(time.GetUtcNow(), ct) is not null;
        Obstacle? obstacle = groups.Any(group => group.State == GroupState.Failed) ? Obstacle.FailedGroup
            : liveCode.Auto.Groups == 0 ? null
            : left <= 0 ? Obstacle.NoQuota
            : able ? null : Obstacle.NoRobot;
        return TypedResults.Ok(new Response(groups, wanted, obstacle, left));
    }
}
