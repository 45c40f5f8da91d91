using System.Collections.Frozen;
using Huoma.Domain;
using Huoma.Domain.Audit;
using Huoma.Domain.Campaigns;
using Huoma.Server.Audit;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.LiveCodes.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Campaigns;

/// <summary>Remembers what is done to 任务宝任务, and what operators decide about invited friends.</summary>
internal sealed class CampaignAudit : IAuditedKind
{
    // The address of the reward is worth money: that it changed is said, not what it is.
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal, nameof(FissionCampaign.Version), nameof(FissionCampaign.RewardUrl), nameof(FissionCampaign.OutOfStockAt));

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.IsNewOrChanged()
        let draft = entry.Entity switch
        {
            FissionCampaign campaign => Describe(entry, campaign),
            Invitee invitee when entry.Changes(nameof(Invitee.RemovedAt)) => Removed(entry, invitee, invitee.CampaignId, invitee.LiveCodeId),
            Participant participant when entry.Changes(nameof(Participant.RemovedAt)) => Removed(entry, participant, participant.CampaignId, participant.LiveCodeId),
            Invitee invitee when IsDecided(entry) => Describe(entry, invitee),
            _ => null,
        }
        where draft is not null
        select draft;

    private static AuditDraft? Describe(EntityEntry entry, FissionCampaign campaign)
    {
        if (entry.State == EntityState.Added)
        {
            return Draft(entry, campaign, AuditAction.Created, []);
        }

        List<AuditChange> changes = [.. ChangedFields.Of(entry, Silent).Where(change => change.Field != "layout")];
        if (entry.Changes(nameof(FissionCampaign.RewardUrl)))
        {
            changes.Add(new AuditChange("rewardUrl", Old: null, New: true));
        }

        if (entry.Changes(nameof(FissionCampaign.Layout)))
        {
            changes.Add(new AuditChange("layout", Old: null, New: true));
        }

        return changes.Count == 0 ? null : Draft(entry, campaign, AuditAction.Edited, changes);
    }

    // Who changes his own mind is as good as another.
    private static bool IsDecided(EntityEntry entry) => entry.Changes(nameof(Invitee.DecidedBy))
        || (entry.Changes(nameof(Invitee.Reason)) && UncountedReason.Rejected is var no && (no.Equals(entry.OriginalValues[nameof(Invitee.Reason)]) || no.Equals(entry.CurrentValues[nameof(Invitee.Reason)])));

    // Nobody's name stays in the log after his data were removed, so it never gets there in full.
    private static AuditDraft Describe(EntityEntry entry, Invitee invitee) => new(
        invitee, AuditSubject.Campaign, invitee.CampaignId.Value, CampaignTexts.Masked(invitee.MemberName), AuditAction.Edited,
        [ChangedFields.Of(entry, nameof(Invitee.State))], CodeOf(entry, invitee.LiveCodeId));

    private static AuditDraft Removed(EntityEntry entry, ITenantOwned person, CampaignId campaign, LiveCodeId code) => new(
        person, AuditSubject.Campaign, campaign.Value, CampaignTexts.Somebody, AuditAction.Edited, [new AuditChange("personalData", Old: null, New: true)], CodeOf(entry, code));

    private static AuditDraft Draft(EntityEntry entry, FissionCampaign campaign, AuditAction action, IReadOnlyList<AuditChange> changes) =>
        new(campaign, AuditSubject.Campaign, campaign.Id.Value, campaign.Name, action, changes, CodeOf(entry, campaign.LiveCodeId));

    private static AuditedCode? CodeOf(EntityEntry entry, LiveCodeId id) => LiveCodeAudit.Loaded(entry.Context, id) is { } liveCode ? LiveCodeAudit.Of(liveCode) : null;
}
