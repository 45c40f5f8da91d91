using System.Text.Json;
using Huoma.Domain.Audit;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Audit;

/// <summary>Adds to whatever is saved the entries that remember it, so that both are stored or neither is.</summary>
internal sealed class AuditTrail(
    IEnumerable<IAuditedKind> kinds, CurrentActor actor, CurrentChange change, TimeProvider time, IOptions<JsonOptions> json) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Remember(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Remember(eventData.Context);
        return new(result);
    }

    private void Remember(DbContext? db)
    {
        if (db is null)
        {
            return;
        }

        var saved = db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var entries = kinds.SelectMany(kind => kind.Describe(saved)).Select(EntryOf).ToList();
        db.AddRange(entries);
    }

    private AuditEntry EntryOf(AuditDraft draft)
    {
        var entry = new AuditEntry(
            NewId.Of<AuditEntry>(), draft.Entity.TenantId, draft.Subject, draft.SubjectId, draft.SubjectName, draft.Action, time.GetUtcNow());
        if (draft.Code is { } code)
        {
            entry.BelongsTo(code.Id, code.Name, code.Version);
        }

        // Written as the API writes them, so that they can be read back and shown as they are.
        entry.Tells(JsonSerializer.Serialize(draft.Changes.Select(field => new { field.Field, field.Old, field.New }), json.Value.SerializerOptions), change.Way);
        entry.IsBy(actor.UserId, actor.Name);
        return entry;
    }
}
