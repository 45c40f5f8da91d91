using Huoma.Domain.Accounts;
using Huoma.Domain.Audit;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Accounts;

/// <summary>Remembers who may sign in and as what. Named fields only: whatever else a user has may be secret.</summary>
internal sealed class UserAudit : IAuditedKind
{
    private static readonly string[] Fields = [nameof(User.Name), nameof(User.Role), nameof(User.Disabled)];

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is User
        from draft in Describe(entry, (User)entry.Entity)
        select draft;

    private static IEnumerable<AuditDraft> Describe(EntityEntry entry, User user)
    {
        switch (entry.State)
        {
            case EntityState.Added:
                yield return Draft(user, AuditAction.Created, [new AuditChange("account", null, user.Account), new AuditChange("role", null, user.Role)]);
                break;
            case EntityState.Deleted:
                yield return Draft(user, AuditAction.Deleted, [new AuditChange("account", user.Account, null)]);
                break;
            default:
                var changes = Fields.Select(field => ChangedFields.Of(entry, field)).Where(change => change.IsChange).ToList();
                if (changes.Count > 0)
                {
                    yield return Draft(user, AuditAction.Edited, changes);
                }

                // At sign-in an old hash is made anew; that is the same password.
                if (entry.Changes(nameof(User.PasswordHash)) && !entry.Changes(nameof(User.LastSignInAt)))
                {
                    yield return Draft(user, AuditAction.PasswordChanged, []);
                }

                break;
        }
    }

    private static AuditDraft Draft(User user, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(user, AuditSubject.User, user.Id.Value, user.Name, action, changes);
}
