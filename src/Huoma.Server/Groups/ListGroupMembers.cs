using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>群成员 of one group, who joined last first (F089).</summary>
internal static class ListGroupMembers
{
    /// <param name="Left">Those who left instead of those who are in it.</param>
    /// <param name="Q">A part of a name.</param>
    public readonly record struct Filter(bool? Left, string? Q);

    public static async Task<Results<Ok<Listing<GroupMemberResponse>>, ProblemHttpResult>> Handle(
        GroupId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, CancellationToken ct)
    {
        if (await db.Groups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } group)
        {
            return Problems.NotFound();
        }

        var robot = await db.RobotStates.AsNoTracking().Where(row => row.RobotId == group.RobotId).Select(row => row.AccountId).SingleOrDefaultAsync(ct);
        var members = await db.GroupMembers.AsNoTracking().Where(member => member.GroupId == id).ToListAsync(ct);
        var names = members.ToDictionary(member => member.MemberId, member => member.Name, StringComparer.Ordinal);
        var matching = members
            .Where(member => member.IsIn != (filter.Left == true))
            .Where(member => filter.Q.OrNone() is not { } text || member.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                || member.Alias?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)
            .OrderByDescending(member => member.LeftAt ?? member.JoinedAt).ThenBy(member => member.MemberId, StringComparer.Ordinal).ToList();
        var page = matching.Skip(paging.Skip).Take(paging.Size).Select(member => new GroupMemberResponse(
            member.MemberId,
            member.Name,
            member.Alias,
            member.Avatar,
            member.JoinedAt,
            member.Source,
            member.InviterId,
            member.InviterId is { } inviter ? names.GetValueOrDefault(inviter) : null,
            member.LeftAt,
            member.LeftHow,
            member.MemberId == robot)).ToList();
        return TypedResults.Ok(new Listing<GroupMemberResponse>(page, matching.Count, paging.Number, paging.Size));
    }
}
