using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>群公告 of one code, the newest first.</summary>
internal static class ListAnnouncements
{
    public static async Task<Results<Ok<Listing<AnnouncementResponse>>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Paging paging, HuomaDb db, AnnouncementQueries queries, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        if (GroupRules.CanBeKept(liveCode) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var all = db.Announcements.AsNoTracking().Where(row => row.LiveCodeId == id);
        var total = await all.CountAsync(ct);
        var page = await all.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<AnnouncementResponse>(await queries.DescribeAsync(page, ct), total, paging.Number, paging.Size));
    }
}
