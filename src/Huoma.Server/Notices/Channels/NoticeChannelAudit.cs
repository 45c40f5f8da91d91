using System.Globalization;
using Huoma.Domain.Audit;
using Huoma.Domain.Notices;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Notices.Channels;

/// <summary>Remembers who changed where notices go. Addresses and passwords are sealed: that they changed is told, never to what.</summary>
internal sealed class NoticeChannelAudit : IAuditedKind
{
    private static readonly string[] Fields = [nameof(NoticeChannel.Name), nameof(NoticeChannel.Enabled)];

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is NoticeChannel
        let draft = Describe(entry, (NoticeChannel)entry.Entity)
        where draft is not null
        select draft;

    private static AuditDraft? Describe(EntityEntry entry, NoticeChannel channel)
    {
        switch (entry.State)
        {
            case EntityState.Added:
                return Draft(channel, AuditAction.Created, [new AuditChange("kind", null, channel.Kind)]);
            case EntityState.Deleted:
                return Draft(channel, AuditAction.Deleted, []);
            default:
                var changes = ChangesOf(entry, channel);
                return changes.Count == 0 ? null : Draft(channel, AuditAction.Edited, changes);
        }
    }

    private static List<AuditChange> ChangesOf(EntityEntry entry, NoticeChannel channel)
    {
        List<AuditChange> changes = [.. Fields.Select(field => ChangedFields.Of(entry, field)).Where(change => change.IsChange)];
        if (entry.Changes(nameof(NoticeChannel.Settings)))
        {
            changes.Add(new AuditChange("settings", false, true));
        }

        if (entry.Changes(nameof(NoticeChannel.Kinds)))
        {
            changes.Add(new AuditChange("kinds", NoticeKinds.Of((int)(entry.OriginalValues[nameof(NoticeChannel.Kinds)] ?? 0)), NoticeKinds.Of(channel.Kinds)));
        }

        var quiet = new AuditChange(
            "quiet",
            TimesOf((int?)entry.OriginalValues[nameof(NoticeChannel.QuietFrom)], (int?)entry.OriginalValues[nameof(NoticeChannel.QuietTo)]),
            TimesOf(channel.QuietFrom, channel.QuietTo));
        return quiet.IsChange ? [.. changes, quiet] : changes;
    }

    private static string? TimesOf(int? from, int? to) => from is { } begin && to is { } end ? $"{TimeOf(begin)}–{TimeOf(end)}" : null;

    private static string TimeOf(int minute) => TimeOnly.MinValue.AddMinutes(minute).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static AuditDraft Draft(NoticeChannel channel, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(channel, AuditSubject.NoticeChannel, channel.Id.Value, channel.Name, action, changes);
}
