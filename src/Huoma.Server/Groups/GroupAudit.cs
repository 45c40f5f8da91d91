using System.Text.Json;
using Huoma.Domain.Audit;
using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Groups;

/// <summary>Remembers what is done to groups: 编辑, 重试, and what robots are told to do to their name and members (踢人, 同步群名). What robots report is no edit.</summary>
internal sealed class GroupAudit : IAuditedKind
{
    private static readonly string[] Fields = [nameof(Group.Name), nameof(Group.MemberThreshold)];

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        saved.Where(entry => entry.Entity is Group && entry.State == EntityState.Modified).SelectMany(entry => DescribeEdit(entry, (Group)entry.Entity))
            .Concat(saved.Where(entry => entry.Entity is RobotCommand && entry.State == EntityState.Added)
                .Select(entry => DescribeCommand(entry, (RobotCommand)entry.Entity)).OfType<AuditDraft>());

    private static IEnumerable<AuditDraft> DescribeEdit(EntityEntry entry, Group group)
    {
        if (group.Stage == GroupStage.Creating && entry.Changes(nameof(Group.Stage)))
        {
            yield return Draft(entry.Context, group, AuditAction.Retried, []);
        }

        List<AuditChange> changes = [.. Fields.Select(field => ChangedFields.Of(entry, field)).Where(change => change.IsChange)];
        if (changes.Count > 0)
        {
            yield return Draft(entry.Context, group, AuditAction.Edited, changes);
        }
    }

    private static AuditDraft? DescribeCommand(EntityEntry entry, RobotCommand command)
    {
        if (command.Purpose is not (GroupCommands.Kick or GroupCommands.Rename)
            || entry.Context.Set<Group>().Local.FirstOrDefault(row => row.Id.Value == command.Subject) is not { } group)
        {
            return null;
        }

        return command.Purpose == GroupCommands.Rename
            ? Draft(entry.Context, group, AuditAction.NameSynced, [new AuditChange("realName", group.RealName, group.Name)])
            : Draft(entry.Context, group, AuditAction.Kicked, [new AuditChange("members", NamesOf(entry.Context, group, command), null)]);
    }

    /// <summary>As they are called, as far as they were loaded.</summary>
    private static string[] NamesOf(DbContext db, Group group, RobotCommand command)
    {
        using var data = JsonDocument.Parse(command.Data);
        var ids = data.RootElement.GetProperty("memberIds").EnumerateArray().Select(id => id.GetString() ?? "");
        return [.. ids.Select(id => db.Set<GroupMember>().Local.FirstOrDefault(row => row.GroupId == group.Id && row.MemberId == id)?.Name ?? id)];
    }

    private static AuditDraft Draft(DbContext db, Group group, AuditAction action, IReadOnlyList<AuditChange> changes) => new(
        group, AuditSubject.Group, group.Id.Value, group.Name, action, changes,
        LiveCodeAudit.Loaded(db, group.LiveCodeId) is { } liveCode ? LiveCodeAudit.Of(liveCode) : null);
}
