using Huoma.Domain.Audit;
using Huoma.Domain.Quota;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Quota;

/// <summary>Remembers who granted how many groups, in the log of the tenant that got them. What was charged stands in the ledger.</summary>
internal sealed class QuotaAudit : IAuditedKind
{
    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry is { Entity: QuotaEntry { Groups: > 0 }, State: EntityState.Added }
        let granted = (QuotaEntry)entry.Entity
        select new AuditDraft(granted, AuditSubject.Quota, granted.Id.Value, granted.Reason, AuditAction.Created, [new AuditChange("groups", null, granted.Groups)]);
}
