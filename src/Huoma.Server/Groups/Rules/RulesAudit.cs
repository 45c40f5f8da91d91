using Huoma.Domain.Audit;
using Huoma.Domain.Groups.Rules;
using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Huoma.Server.Groups.Rules;

/// <summary>Remembers what is done to 群规则, and every 群公告.</summary>
internal sealed class RulesAudit : IAuditedKind
{
    private const int NameMaxLength = 30;

    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.IsNewOrChanged()
        let draft = entry.Entity switch
        {
            GroupRules rules => Describe(entry, rules),
            Announcement announcement when entry.State == EntityState.Added => Describe(entry, announcement),
            _ => null,
        }
        where draft is not null
        select draft;

    private static AuditDraft? Describe(EntityEntry entry, GroupRules rules)
    {
        var (welcome, reminder, kick) = (WelcomeMessage.None, ImageReminder.None, KeywordKick.None);
        var staff = "";
        if (entry.State == EntityState.Modified)
        {
            var before = (GroupRules)entry.OriginalValues.ToObject();
            (welcome, reminder, kick, staff) = (before.Welcome, before.ImageReminder, before.KeywordKick, Joined(before.StaffIds));
        }

        List<AuditChange> changes =
        [
            new("welcome.enabled", welcome.Enabled, rules.Welcome.Enabled),
            new("welcome.intervalSeconds", welcome.IntervalSeconds, rules.Welcome.IntervalSeconds),
            new("welcome.messages", Summary(welcome.Messages), Summary(rules.Welcome.Messages)),
            new("imageReminder.enabled", reminder.Enabled, rules.ImageReminder.Enabled),
            new("imageReminder.intervalSeconds", reminder.IntervalSeconds, rules.ImageReminder.IntervalSeconds),
            new("imageReminder.text", reminder.Text, rules.ImageReminder.Text),
            new("keywordKick.enabled", kick.Enabled, rules.KeywordKick.Enabled),
            new("keywordKick.keywords", Joined(kick.Keywords), Joined(rules.KeywordKick.Keywords)),
            new("staffIds", staff, Joined(rules.StaffIds)),
        ];
        changes.RemoveAll(change => !change.IsChange);
        var liveCode = LiveCodeAudit.Loaded(entry.Context, rules.LiveCodeId);
        return changes.Count == 0 ? null : new AuditDraft(
            rules, AuditSubject.GroupRules, rules.LiveCodeId.Value, liveCode?.Name ?? "", AuditAction.Edited, changes, liveCode is null ? null : LiveCodeAudit.Of(liveCode));
    }

    private static AuditDraft Describe(EntityEntry entry, Announcement announcement)
    {
        var liveCode = LiveCodeAudit.Loaded(entry.Context, announcement.LiveCodeId);
        var line = announcement.Text.ReplaceLineEndings(" ");
        return new AuditDraft(
            announcement, AuditSubject.Announcement, announcement.Id.Value, line.Length > NameMaxLength ? line[..NameMaxLength] : line, AuditAction.Created,
            [
                new AuditChange("text", null, announcement.Text),
                new AuditChange("atAll", null, announcement.AtAll),
                .. announcement.Attachments.Count == 0 ? [] : new[] { new AuditChange("attachments", null, Summary(announcement.Attachments)) },
            ],
            liveCode is null ? null : LiveCodeAudit.Of(liveCode));
    }

    private static string Summary(IReadOnlyList<GroupPost> posts) => string.Join("\n", posts.Select(post => post.Summary()));

    private static string Joined(IReadOnlyList<string> words) => string.Join("、", words);
}
