using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>同步群名: gives every real group the name that is stored; the list shows what becomes of each (F086).</summary>
internal static class SyncGroupNames
{
    /// <param name="Asked">How many groups are being renamed.</param>
    public sealed record Response(int Asked);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, GroupCommands commands, CancellationToken ct)
    {
        // Loaded, for what is remembered names it and its groups.
        if (await db.LiveCodes.SingleOrDefaultAsync(row => row.Id == id, ct) is null)
        {
            return Problems.NotFound();
        }

        var groups = await db.Groups.Where(group => group.LiveCodeId == id && group.Stage == GroupStage.Made).ToListAsync(ct);
        var onTheirWay = await commands.OnTheirWayAsync(GroupCommands.Rename, groups.ConvertAll(group => group.Id.Value), ct);
        var asked = groups.FindAll(group => group.RealName != group.Name && !onTheirWay.Contains(group.Id.Value));
        asked.ForEach(commands.SendRename);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(asked.Count));
    }
}
