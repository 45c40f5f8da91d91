using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>踢人: the robot removes a member (F090). Accepted, for the robot may take a while.</summary>
internal static class KickGroupMember
{
    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        GroupId id, string memberId, HuomaDb db, GroupCommands commands, CancellationToken ct)
    {
        if (await db.Groups.SingleOrDefaultAsync(row => row.Id == id && row.Stage == GroupStage.Made, ct) is not { } group
            || await db.GroupMembers.SingleOrDefaultAsync(row => row.GroupId == id && row.MemberId == memberId, ct) is not { IsIn: true })
        {
            return Problems.NotFound();
        }

        if (group.Linked)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "group.kick-unsupported", "企业微信没有移出成员的接口，请群主在企业微信里移出");
        }

        if (await db.RobotStates.AnyAsync(row => row.RobotId == group.RobotId && row.AccountId == memberId, ct))
        {
            return Problems.Create(StatusCodes.Status409Conflict, "group.kick-robot", "这是机器人自己，不能移出群聊");
        }

        // So that it stands in the history of its code.
        await db.LiveCodes.Where(row => row.Id == group.LiveCodeId).LoadAsync(ct);
        commands.SendKick(group, [memberId]);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/api/v1/groups/{id}/members");
    }
}
