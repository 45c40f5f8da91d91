using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Groups.Rules;

internal sealed class GroupRulesMapping : IEntityTypeConfiguration<GroupRules>
{
    public void Configure(EntityTypeBuilder<GroupRules> builder)
    {
        builder.ToTable("group_rules").HasKey(rules => rules.LiveCodeId);
        builder.ComplexProperty(rules => rules.Welcome, welcome =>
        {
            welcome.Property(rule => rule.Enabled).HasColumnName("welcome_enabled");
            welcome.Property(rule => rule.IntervalSeconds).HasColumnName("welcome_interval_seconds");
            welcome.Property(rule => rule.Messages).HasColumnName("welcome_messages")
                .HasConversion(posts => StoredLists.Write(posts), text => StoredLists.Read<GroupPost>(text), StoredLists.Comparer<GroupPost>());
        });
        builder.ComplexProperty(rules => rules.ImageReminder, reminder =>
        {
            reminder.Property(rule => rule.Enabled).HasColumnName("image_reminder_enabled");
            reminder.Property(rule => rule.IntervalSeconds).HasColumnName("image_reminder_interval_seconds");
            reminder.Property(rule => rule.Text).HasColumnName("image_reminder_text");
        });
        builder.ComplexProperty(rules => rules.KeywordKick, kick =>
        {
            kick.Property(rule => rule.Enabled).HasColumnName("keyword_kick_enabled");
            kick.Property(rule => rule.Keywords).HasColumnName("keyword_kick_keywords")
                .HasConversion(words => StoredLists.Write(words), text => StoredLists.Read<string>(text), StoredLists.Comparer<string>());
        });
        builder.Property(rules => rules.StaffIds).HasConversion(ids => StoredLists.Write(ids), text => StoredLists.Read<string>(text), StoredLists.Comparer<string>());
    }
}

internal sealed class GroupRuleStateMapping : IEntityTypeConfiguration<GroupRuleState>
{
    public void Configure(EntityTypeBuilder<GroupRuleState> builder) => builder.ToTable("group_rule_states").HasKey(state => state.GroupId);
}

internal sealed class KeywordHitMapping : IEntityTypeConfiguration<KeywordHit>
{
    public void Configure(EntityTypeBuilder<KeywordHit> builder) => builder.ToTable("keyword_hits");
}

internal sealed class AnnouncementMapping : IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("announcements").Ignore(announcement => announcement.Messages);
        builder.Property(announcement => announcement.Attachments)
            .HasConversion(posts => StoredLists.Write(posts), text => StoredLists.Read<GroupPost>(text), StoredLists.Comparer<GroupPost>());
    }
}

internal sealed class AnnouncementDeliveryMapping : IEntityTypeConfiguration<AnnouncementDelivery>
{
    public void Configure(EntityTypeBuilder<AnnouncementDelivery> builder)
    {
        builder.ToTable("announcement_deliveries");

        // So that a new announcement is saved before its deliveries.
        builder.HasOne<Announcement>().WithMany().HasForeignKey(delivery => delivery.AnnouncementId);
    }
}

/// <summary>Lists in one column, as JSON.</summary>
internal static class StoredLists
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        Converters = { new IdJsonConverterFactory(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static ValueComparer<IReadOnlyList<T>> Comparer<T>()
        where T : class => new((one, other) => one == other || (one != null && other != null && one.SequenceEqual(other)), list => list.Count, list => list);

    public static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Json);

    public static IReadOnlyList<T> Read<T>(string text) => JsonSerializer.Deserialize<List<T>>(text, Json) ?? [];
}
