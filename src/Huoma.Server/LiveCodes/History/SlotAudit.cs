using System.Collections.Frozen;
using Huoma.Domain.Audit;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.LiveCodes.History;

/// <summary>Remembers what is done to slots: all their fields but those named here, and one entry for a whole new order.</summary>
internal sealed class SlotAudit : IAuditedKind
{
    /// <summary>More names tell nobody more.</summary>
    private const int MostNames = 20;

    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, nameof(Slot.Position), nameof(Slot.LastRound), nameof(Slot.MembersLeft), nameof(Slot.DeletedAt), nameof(Slot.CreatedAt));

    // Kept whole, changed or not: undoing a replacement puts all of them back.
    private static readonly string[] PictureFields = [nameof(Slot.ImageId), nameof(Slot.Round), nameof(Slot.ExpiresAt), nameof(Slot.OverrideReason)];

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved)
    {
        var slots = saved.Where(entry => entry.Entity is Slot && entry.IsNewOrChanged()).ToList();
        var drafts = slots.Select(entry => Describe(entry, (Slot)entry.Entity)).OfType<AuditDraft>().ToList();

        // Slots that only make room for one that comes back were not moved by anybody.
        return drafts.Exists(draft => draft.Action == AuditAction.Restored)
            ? drafts
            : drafts.Concat(slots.Where(entry => entry.Changes(nameof(Slot.Position))).GroupBy(LiveCodeOf).Select(DescribeOrder).OfType<AuditDraft>());
    }

    private static AuditDraft? Describe(EntityEntry entry, Slot slot)
    {
        if (entry.State == EntityState.Added)
        {
            return Draft(entry, slot, AuditAction.Created, [new AuditChange("imageId", null, slot.ImageId)]);
        }

        if (entry.Changes(nameof(Slot.DeletedAt)))
        {
            return Draft(entry, slot, slot.DeletedAt is null ? AuditAction.Restored : AuditAction.Deleted, []);
        }

        var changes = ChangedFields.Of(entry, Silent);
        if (entry.Changes(nameof(Slot.ImageId)) || entry.Changes(nameof(Slot.Round)))
        {
            var picture = PictureFields.Select(field => ChangedFields.Of(entry, field)).ToList();
            return Draft(entry, slot, AuditAction.PictureReplaced, [.. picture, .. changes.Where(change => !picture.Exists(field => field.Field == change.Field))]);
        }

        return changes.Count == 0 ? null : Draft(entry, slot, AuditAction.Edited, changes);
    }

    private static AuditDraft? DescribeOrder(IGrouping<LiveCode?, EntityEntry> moved)
    {
        if (moved.Key is not { } liveCode)
        {
            return null;
        }

        var before = moved.OrderBy(entry => (int)(entry.OriginalValues[nameof(Slot.Position)] ?? 0)).Select(NameOf).Take(MostNames).ToArray();
        var after = moved.OrderBy(entry => ((Slot)entry.Entity).Position).Select(NameOf).Take(MostNames).ToArray();
        return new AuditDraft(
            liveCode, AuditSubject.LiveCode, liveCode.Id.Value, liveCode.Name, AuditAction.Reordered, [new AuditChange("order", before, after)],
            LiveCodeAudit.Of(liveCode));
    }

    private static AuditDraft Draft(EntityEntry entry, Slot slot, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(slot, AuditSubject.Slot, slot.Id.Value, slot.Name, action, changes, LiveCodeOf(entry) is { } liveCode ? LiveCodeAudit.Of(liveCode) : null);

    // A slot is never changed without its code: the code's version grows with it.
    private static LiveCode? LiveCodeOf(EntityEntry entry) => LiveCodeAudit.Loaded(entry.Context, ((Slot)entry.Entity).LiveCodeId);

    private static string NameOf(EntityEntry entry) => ((Slot)entry.Entity).Name;
}
