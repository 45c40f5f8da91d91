using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>One 群公告 with what became of it in each group.</summary>
internal static class ShowAnnouncement
{
    public sealed record Response(AnnouncementResponse Announcement, IReadOnlyList<AnnouncementDeliveryResponse> Deliveries);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(AnnouncementId id, HuomaDb db, AnnouncementQueries queries, CancellationToken ct) =>
        await db.Announcements.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } announcement
            ? TypedResults.Ok(new Response((await queries.DescribeAsync([announcement], ct))[0], await queries.DeliveriesAsync(announcement, ct)))
            : Problems.NotFound();
}
