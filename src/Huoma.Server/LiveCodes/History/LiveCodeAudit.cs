using System.Collections.Frozen;
using Huoma.Domain.Audit;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.LiveCodes.History;

/// <summary>Remembers what is done to codes. Every field counts unless it is named here, so that a new one is not forgotten.</summary>
internal sealed class LiveCodeAudit : IAuditedKind
{
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, nameof(LiveCode.Version), nameof(LiveCode.SearchText), nameof(LiveCode.DeletedAt), nameof(LiveCode.PurgedAt), nameof(LiveCode.CreatedAt));

    public static AuditedCode Of(LiveCode liveCode) => new(liveCode.Id, liveCode.Name, liveCode.Version);

    /// <summary>The code a change belongs to, which whoever makes the change loads as well; null when it did not.</summary>
    public static LiveCode? Loaded(DbContext db, LiveCodeId id) =>
        db.ChangeTracker.Entries<LiveCode>().Select(code => code.Entity).FirstOrDefault(code => code.Id == id);

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is LiveCode && entry.IsNewOrChanged()
        let draft = Describe(entry, (LiveCode)entry.Entity)
        where draft is not null
        select draft;

    private static AuditDraft? Describe(EntityEntry entry, LiveCode liveCode)
    {
        if (entry.State == EntityState.Added)
        {
            return Draft(liveCode, AuditAction.Created, []);
        }

        if (entry.Changes(nameof(LiveCode.PurgedAt)))
        {
            return Draft(liveCode, AuditAction.Purged, []);
        }

        if (entry.Changes(nameof(LiveCode.DeletedAt)))
        {
            return Draft(liveCode, liveCode.DeletedAt is null ? AuditAction.Restored : AuditAction.Deleted, []);
        }

        var changes = ChangedFields.Of(entry, Silent);
        return changes.Count == 0 ? null : Draft(liveCode, AuditAction.Edited, changes);
    }

    private static AuditDraft Draft(LiveCode liveCode, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(liveCode, AuditSubject.LiveCode, liveCode.Id.Value, liveCode.Name, action, changes, Of(liveCode));
}
