using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>Reads announcements as the console shows them.</summary>
internal sealed class AnnouncementQueries(HuomaDb db)
{
    public async Task<IReadOnlyList<AnnouncementResponse>> DescribeAsync(IReadOnlyList<Announcement> announcements, CancellationToken ct)
    {
        var ids = announcements.Select(announcement => announcement.Id).ToList();
        var counts = await db.AnnouncementDeliveries.Where(delivery => ids.Contains(delivery.AnnouncementId)).GroupBy(delivery => new { delivery.AnnouncementId, delivery.State })
            .Select(rows => new { rows.Key.AnnouncementId, rows.Key.State, Count = rows.Count() }).ToListAsync(ct);
        int Of(AnnouncementId id, AnnouncementState state) => counts.Find(row => row.AnnouncementId == id && row.State == state)?.Count ?? 0;
        var described = new List<AnnouncementResponse>();
        foreach (var one in announcements)
        {
            described.Add(new AnnouncementResponse(
                one.Id, one.LiveCodeId, one.Text, one.AtAll, await PostResponse.OfAsync(one.Attachments, db, ct), one.CreatedAt, one.CreatedBy,
                new AnnouncementCounts(
                    Of(one.Id, AnnouncementState.Waiting), Of(one.Id, AnnouncementState.Sent), Of(one.Id, AnnouncementState.Failed), Of(one.Id, AnnouncementState.Unknown))));
        }

        return described;
    }

    public async Task<IReadOnlyList<AnnouncementDeliveryResponse>> DeliveriesAsync(Announcement announcement, CancellationToken ct)
    {
        var rows = await (
            from delivery in db.AnnouncementDeliveries.AsNoTracking()
            join chat in db.Groups on delivery.GroupId equals chat.Id
            where delivery.AnnouncementId == announcement.Id
            orderby chat.Number
            select delivery).ToListAsync(ct);
        return rows.ConvertAll(delivery => new AnnouncementDeliveryResponse(
            delivery.Id, delivery.GroupId, delivery.GroupName, delivery.State, delivery.Sent, announcement.Messages, delivery.Failure, delivery.ChangedAt));
    }
}
