using System.Text.Json;
using Huoma.Domain;
using Huoma.Domain.Audit;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Audit;

/// <summary>A field that changed, as it was written down.</summary>
internal sealed record StoredChange(string Field, JsonElement? Old, JsonElement? New)
{
    /// <summary>Of a picture's replacement all fields are kept; those that did not change are there for whoever undoes it.</summary>
    public bool IsChange => Old?.GetRawText() != New?.GetRawText();

    public bool IsPicture => Field.EndsWith("imageId", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads the log, the newest first.</summary>
internal sealed class AuditQueries(HuomaDb db, IOptions<JsonOptions> json)
{
    public IQueryable<AuditEntry> Entries => db.AuditEntries.AsNoTracking();

    public IReadOnlyList<StoredChange> ChangesOf(AuditEntry entry) =>
        JsonSerializer.Deserialize<List<StoredChange>>(entry.Changes, json.Value.SerializerOptions) ?? [];

    public async Task<Listing<AuditEntryResponse>> ListAsync(IQueryable<AuditEntry> matching, Paging paging, CancellationToken ct)
    {
        var total = await matching.CountAsync(ct);

        // Within one code its version tells the order, for two processes need not agree on the time.
        var entries = await matching.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Version).ThenByDescending(entry => entry.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        var changes = entries.ToDictionary(entry => entry.Id, entry => ChangesOf(entry).Where(change => change.IsChange).ToList());
        var urls = await UrlsAsync(changes.Values.SelectMany(list => list), ct);
        return new([.. entries.Select(entry => Describe(entry, changes[entry.Id], urls))], total, paging.Number, paging.Size);
    }

    private static AuditEntryResponse Describe(AuditEntry entry, List<StoredChange> changes, Dictionary<string, string> urls) => new(
        entry.Id,
        entry.At,
        new AuditActorResponse(entry.ActorId, entry.ActorName),
        entry.Action,
        entry.Way,
        new AuditTargetResponse(entry.Subject, new Id<AuditEntry>(entry.SubjectId).ToString(), entry.SubjectName),
        entry.LiveCodeId is { } code ? new AuditCodeResponse(code, entry.LiveCodeName ?? "") : null,
        [.. changes.Select(change => new AuditChangeResponse(change.Field, change.Old, change.New, UrlOf(change, change.Old, urls), UrlOf(change, change.New, urls)))]);

    private static string? UrlOf(StoredChange change, JsonElement? value, Dictionary<string, string> urls) =>
        change.IsPicture && value is { ValueKind: JsonValueKind.String } id ? urls.GetValueOrDefault(id.GetString() ?? "") : null;

    private async Task<Dictionary<string, string>> UrlsAsync(IEnumerable<StoredChange> changes, CancellationToken ct)
    {
        var ids = changes.Where(change => change.IsPicture).SelectMany(change => new[] { change.Old, change.New })
            .Where(value => value is { ValueKind: JsonValueKind.String })
            .Select(value => ImageId.Parse(value?.GetString() ?? "")).Distinct().ToList();
        return ids.Count == 0
            ? []
            : await db.Images.AsNoTracking().Where(image => ids.Contains(image.Id)).ToDictionaryAsync(image => image.Id.ToString(), image => image.Url, StringComparer.Ordinal, ct);
    }
}
