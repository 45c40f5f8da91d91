using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.WeCom.Chats;

/// <summary>刷新: asks 企业微信 which customer groups there are, and what those are called that were not read for a while.</summary>
internal static class RefreshCustomerGroups
{
    /// <param name="Unread">How many names are still to be read: asking again goes on with them.</param>
    public sealed record Response(int Groups, int Unread);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        RobotId id, HuomaDb db, WeComRobotQueries robots, ChatReading reading, CancellationToken ct)
    {
        // Within the tenant first: what follows looks at all.
        if (!await db.Robots.AnyAsync(row => row.Id == id && row.Driver == RobotDriver.Wecom, ct) || await robots.FindAsync(id, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        if (robot.Corporation is not { } corporation)
        {
            return ToProblem(WeComFault.NoSecrets);
        }

        return await reading.RefreshAsync(robot.Known, corporation, ct) switch
        {
            { Fault: { } fault } => ToProblem(fault),
            { Groups: var groups, Unread: var unread } => TypedResults.Ok(new Response(groups, unread)),
        };
    }

    private static ProblemHttpResult ToProblem(WeComFault fault) =>
        Problems.Create(fault.RetryAfter is null ? StatusCodes.Status409Conflict : StatusCodes.Status503ServiceUnavailable, fault.Code, fault.Message);
}
