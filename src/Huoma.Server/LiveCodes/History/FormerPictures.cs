using System.Globalization;
using System.Text.Json;
using Huoma.Domain.Audit;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.History;

/// <summary>Finds what a slot showed before one of its pictures was replaced.</summary>
internal sealed class FormerPictures(AuditQueries audit)
{
    /// <param name="entryId">The replacement; null for the last one.</param>
    public async Task<FormerPicture?> FindAsync(SlotId slotId, AuditEntryId? entryId, CancellationToken ct)
    {
        var replacements = audit.Entries.Where(entry =>
            entry.Subject == AuditSubject.Slot && entry.SubjectId == slotId.Value && entry.Action == AuditAction.PictureReplaced);
        var found = entryId is { } wanted
            ? await replacements.SingleOrDefaultAsync(entry => entry.Id == wanted, ct)
            : await replacements.OrderByDescending(entry => entry.Version).FirstOrDefaultAsync(ct);
        return found is null ? null : Read(audit.ChangesOf(found).ToDictionary(change => change.Field, change => change.Old, StringComparer.Ordinal));
    }

    private static FormerPicture? Read(Dictionary<string, JsonElement?> old) =>
        Text(old, "imageId") is { } image && Text(old, "expiresAt") is { } expiresAt && old.GetValueOrDefault("round") is { } round
            ? new FormerPicture(
                ImageId.Parse(image), round.GetInt32(), DateTimeOffset.Parse(expiresAt, CultureInfo.InvariantCulture), Text(old, "overrideReason"))
            : null;

    private static string? Text(Dictionary<string, JsonElement?> values, string field) =>
        values.GetValueOrDefault(field) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
