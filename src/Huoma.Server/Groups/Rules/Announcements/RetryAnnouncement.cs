using Huoma.Domain.Groups.Rules;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>重试: goes on in the groups in which it failed, where it stopped; the others are left alone.</summary>
internal static class RetryAnnouncement
{
    /// <param name="Asked">In how many groups it is tried again.</param>
    public sealed record Response(int Asked);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        AnnouncementId id, HuomaDb db, AnnouncementSending sending, TimeProvider time, CancellationToken ct)
    {
        var codeId = await db.Announcements.AsNoTracking().Where(row => row.Id == id).Select(row => (LiveCodeId?)row.LiveCodeId).SingleOrDefaultAsync(ct);

        // Two people together try it once.
        await using var edit = codeId is { } of ? await LiveCodeEdit.BeginAsync(db, of, ct) : null;
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var announcement = await db.Announcements.SingleAsync(row => row.Id == id, ct);
        var deliveries = await db.AnnouncementDeliveries.Where(row => row.AnnouncementId == id && row.State == AnnouncementState.Failed).ToListAsync(ct);
        var groups = await db.Groups.Where(row => row.LiveCodeId == codeId).ToDictionaryAsync(row => row.Id, ct);
        var now = time.GetUtcNow();
        foreach (var delivery in deliveries.Where(delivery => delivery.TriesAgain(now)))
        {
            await sending.SendNextAsync(announcement, delivery, groups[delivery.GroupId], ct);
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(new Response(deliveries.Count(delivery => delivery.State == AnnouncementState.Waiting)));
    }
}
