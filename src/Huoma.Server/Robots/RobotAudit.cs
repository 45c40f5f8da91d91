using System.Collections.Frozen;
using Huoma.Domain.Audit;
using Huoma.Domain.Robots;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Robots;

/// <summary>Remembers what is done to robots. Every field counts unless it is named here; of a token only that there is another.</summary>
internal sealed class RobotAudit : IAuditedKind
{
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, nameof(Robot.TokenHash), nameof(Robot.SealedToken), nameof(Robot.SealedApp), nameof(Robot.RiskAcceptedById), nameof(Robot.RiskAcceptedBy), nameof(Robot.SeedIds),
        nameof(Robot.CreatedAt), nameof(Robot.DeletedAt));

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is Robot && entry.IsNewOrChanged()
        from draft in Describe(entry, (Robot)entry.Entity)
        select draft;

    private static IEnumerable<AuditDraft> Describe(EntityEntry entry, Robot robot)
    {
        if (entry.State == EntityState.Added)
        {
            yield return Draft(robot, AuditAction.Created, [new AuditChange("driver", null, robot.Driver), new AuditChange("riskAcceptedAt", null, robot.RiskAcceptedAt)]);
            yield break;
        }

        if (entry.Changes(nameof(Robot.DeletedAt)))
        {
            yield return Draft(robot, AuditAction.Deleted, []);
            yield break;
        }

        if (entry.Changes(nameof(Robot.TokenHash)))
        {
            yield return Draft(robot, AuditAction.TokenReplaced, []);
        }

        List<AuditChange> changes = [.. ChangedFields.Of(entry, Silent), .. Seeds(entry)];
        if (changes.Count > 0)
        {
            yield return Draft(robot, AuditAction.Edited, changes);
        }
    }

    private static IEnumerable<AuditChange> Seeds(EntityEntry entry)
    {
        var seeds = entry.Property(nameof(Robot.SeedIds));
        return seeds.IsModified ? [new AuditChange("seedIds", Joined(seeds.OriginalValue), Joined(seeds.CurrentValue))] : [];
    }

    private static string? Joined(object? ids) => ids is IReadOnlyList<string> { Count: > 0 } list ? string.Join("、", list) : null;

    private static AuditDraft Draft(Robot robot, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(robot, AuditSubject.Robot, robot.Id.Value, robot.Name, action, changes);
}
