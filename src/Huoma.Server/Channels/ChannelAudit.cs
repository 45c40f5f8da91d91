using System.Collections.Frozen;
using Huoma.Domain.Audit;
using Huoma.Domain.Channels;
using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Channels;

/// <summary>Remembers what is done to 渠道码; putting one away is a change like any other, for its QR goes on working.</summary>
internal sealed class ChannelAudit : IAuditedKind
{
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(StringComparer.Ordinal, nameof(ChannelCode.ArchivedAt));

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is ChannelCode && entry.IsNewOrChanged()
        let draft = Describe(entry, (ChannelCode)entry.Entity)
        where draft is not null
        select draft;

    private static AuditDraft? Describe(EntityEntry entry, ChannelCode channel)
    {
        if (entry.State == EntityState.Added)
        {
            return Draft(entry, channel, AuditAction.Created, []);
        }

        List<AuditChange> changes = [.. ChangedFields.Of(entry, Silent)];
        if (entry.Changes(nameof(ChannelCode.ArchivedAt)))
        {
            changes.Add(new AuditChange("archived", channel.ArchivedAt is null, channel.ArchivedAt is not null));
        }

        return changes.Count == 0 ? null : Draft(entry, channel, AuditAction.Edited, changes);
    }

    private static AuditDraft Draft(EntityEntry entry, ChannelCode channel, AuditAction action, IReadOnlyList<AuditChange> changes) => new(
        channel, AuditSubject.Channel, channel.Id.Value, channel.Name, action, changes,
        LiveCodeAudit.Loaded(entry.Context, channel.LiveCodeId) is { } liveCode ? LiveCodeAudit.Of(liveCode) : null);
}
