using Huoma.Domain;
using Huoma.Domain.Audit;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Audit;

/// <summary>
/// A kind of entity whose changes are remembered. Its capability declares it by registering one of these; from then on no use case
/// can forget to, for the entries are made from what is about to be saved.
/// </summary>
internal interface IAuditedKind
{
    /// <param name="saved">Everything of this save that is new, changed or removed, of all kinds.</param>
    IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved);
}

/// <summary>What will be remembered; who, when and how is added by <see cref="AuditTrail"/>.</summary>
/// <param name="Code">The code it belongs to, if any.</param>
internal sealed record AuditDraft(
    ITenantOwned Entity, AuditSubject Subject, long SubjectId, string SubjectName, AuditAction Action, IReadOnlyList<AuditChange> Changes, AuditedCode? Code = null);

/// <summary>The live code a change belongs to, after that change.</summary>
internal sealed record AuditedCode(LiveCodeId Id, string Name, long Version);

/// <summary>A field that changed. Values are null, texts, numbers, booleans, instants, ids or enums.</summary>
/// <param name="Field">As the API names it, for example <c>welcome.enabled</c>.</param>
internal sealed record AuditChange(string Field, object? Old, object? New)
{
    public bool IsChange => !Equals(Old, New);
}
