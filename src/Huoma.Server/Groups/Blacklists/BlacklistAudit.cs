using Huoma.Domain.Audit;
using Huoma.Domain.Groups;
using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Groups.Blacklists;

/// <summary>Remembers who was put on a blacklist or taken off it: one entry for all of one code, however many an import brings.</summary>
internal sealed class BlacklistAudit : IAuditedKind
{
    /// <summary>More names tell nobody more; how many there were is told.</summary>
    private const int MostNames = 20;

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is BlacklistEntry && entry.State is EntityState.Added or EntityState.Deleted
        group entry by (((BlacklistEntry)entry.Entity).LiveCodeId, ((BlacklistEntry)entry.Entity).Reason, entry.State) into some
        select Describe([.. some], some.Key.State == EntityState.Added);

    private static AuditDraft Describe(List<EntityEntry> entries, bool added)
    {
        var first = (BlacklistEntry)entries[0].Entity;
        var names = entries.Take(MostNames).Select(entry => (BlacklistEntry)entry.Entity).Select(row => row.Name.Length > 0 ? row.Name : row.MemberId).ToArray();
        var liveCode = LiveCodeAudit.Loaded(entries[0].Context, first.LiveCodeId);
        List<AuditChange> changes = [added ? new("members", null, names) : new("members", names, null)];
        if (added)
        {
            changes.Add(new AuditChange("count", null, entries.Count));
            changes.Add(new AuditChange("reason", null, first.Reason));
        }

        return new AuditDraft(
            first, AuditSubject.Blacklist, first.LiveCodeId.Value, liveCode?.Name ?? "", added ? AuditAction.Created : AuditAction.Deleted, changes,
            liveCode is null ? null : LiveCodeAudit.Of(liveCode));
    }
}
