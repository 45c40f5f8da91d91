using Dapper;
using Huoma.Domain.Notices;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Renewals;

/// <summary>A link with what its page tells besides the slot.</summary>
/// <param name="ToldImageId">The picture the notice was about; another one by now means that somebody was quicker.</param>
internal sealed record FoundLink(RenewalLink Link, string Title, string ChannelName, ImageId? ToldImageId);

/// <summary>Finds links, whosever they are, and uses them up.</summary>
internal sealed class RenewalStore(Database database, HuomaDb db, TimeProvider time)
{
    public async Task<FoundLink?> FindAsync(RenewalLinkId id, CancellationToken ct)
    {
        const string sql = """
            SELECT links.tenant_id AS TenantId, links.live_code_id AS CodeId, links.slot_id AS SlotId, links.expires_at AS ExpiresAt, links.used_at AS UsedAt,
                notices.kind AS Kind, notices.hours_before AS HoursBefore, notices.image_id AS ImageId, COALESCE(notice_channels.name, '') AS ChannelName
            FROM renewal_links AS links
            JOIN notices ON notices.id = links.notice_id
            LEFT JOIN notice_deliveries ON notice_deliveries.id = links.delivery_id
            LEFT JOIN notice_channels ON notice_channels.id = notice_deliveries.channel_id
            WHERE links.id = @Id
            """;
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<LinkRow>(new CommandDefinition(sql, new { Id = id.Value }, cancellationToken: ct));
        return row?.ToLink(id);
    }

    /// <summary>
    /// Uses the link up and writes down what was done, in the transaction that saves the picture. Of two who send at once one is told that it
    /// was used, and nothing of his is saved.
    /// </summary>
    public async Task<ProblemHttpResult?> UseAsync(FoundLink found, SlotId slotId, ImageId? oldImageId, ImageId newImageId, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var link = found.Link;
        var used = await db.Database.ExecuteSqlAsync(
            $"UPDATE renewal_links SET used_at = {now} WHERE id = {link.Id.Value} AND used_at IS NULL AND expires_at > {now}", ct);
        if (used == 0)
        {
            return Problems.Create(StatusCodes.Status410Gone, "renewal-link.used", "这个链接刚刚被用过了");
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO renewals (id, tenant_id, link_id, actor, channel_name, live_code_id, slot_id, old_image_id, new_image_id, at)
            VALUES ({NewId.Of<RenewalLink>().Value}, {link.TenantId.Value}, {link.Id.Value}, {RenewalRules.Actor}, {found.ChannelName}, {link.LiveCodeId.Value},
                {slotId.Value}, {oldImageId?.Value}, {newImageId.Value}, {now})
            """, ct);
        return null;
    }

    private sealed record LinkRow
    {
        public long TenantId { get; init; }

        public long CodeId { get; init; }

        public long? SlotId { get; init; }

        public long ExpiresAt { get; init; }

        public long? UsedAt { get; init; }

        public int Kind { get; init; }

        public int? HoursBefore { get; init; }

        public long? ImageId { get; init; }

        public string ChannelName { get; init; } = "";

        public FoundLink ToLink(RenewalLinkId id)
        {
            var link = new RenewalLink(
                id, new TenantId(TenantId), new LiveCodeId(CodeId), SlotId is { } slot ? new SlotId(slot) : null, DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
                UsedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
            var notice = new Notice
            {
                Id = default,
                Kind = (NoticeKind)Kind,
                LiveCodeId = link.LiveCodeId,
                CodeName = "",
                HoursBefore = HoursBefore,
                CreatedAt = default,
            };
            return new FoundLink(link, NoticeTexts.Of(notice).Title, ChannelName, ImageId is { } image ? new ImageId(image) : null);
        }
    }
}
