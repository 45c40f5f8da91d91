using Dapper;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Imaging;

/// <summary>Which slots show a picture, or the same QR code in another picture.</summary>
internal sealed class PictureUseQueries(Database database)
{
    /// <summary>Names to show, as <c>活码 / 群二维码</c>; the oldest use first, five at most.</summary>
    /// <param name="exceptSlot">A slot that does not count: the one whose picture is being changed.</param>
    public async Task<IReadOnlyList<string>> FindAsync(Image image, SlotId? exceptSlot, CancellationToken ct)
    {
        const string sql = """
            SELECT live_codes.name || ' / ' || slots.name
            FROM images
            JOIN slots ON slots.image_id = images.id AND slots.tenant_id = images.tenant_id
            JOIN live_codes ON live_codes.id = slots.live_code_id
            WHERE images.tenant_id = @TenantId AND (images.id = @ImageId OR images.qr_payload = @QrPayload)
              AND slots.id <> @ExceptSlot AND slots.deleted_at IS NULL AND live_codes.deleted_at IS NULL
            ORDER BY slots.created_at, slots.id
            LIMIT 5
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = image.TenantId.Value, ImageId = image.Id.Value, image.QrPayload, ExceptSlot = exceptSlot?.Value ?? 0 };
        return [.. await connection.QueryAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: ct))];
    }
}
