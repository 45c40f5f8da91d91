using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.LiveCodes;

internal sealed class LiveCodeMapping : IEntityTypeConfiguration<LiveCode>
{
    public void Configure(EntityTypeBuilder<LiveCode> builder)
    {
        builder.ToTable("live_codes");
        builder.HasQueryFilter(HuomaDb.DeletedFilter, liveCode => liveCode.DeletedAt == null);
        builder.ComplexProperty(liveCode => liveCode.Welcome, welcome =>
        {
            welcome.Property(page => page.Enabled).HasColumnName("welcome_enabled");
            welcome.Property(page => page.ImageId).HasColumnName("welcome_image_id");
            welcome.Property(page => page.GroupIntro).HasColumnName("welcome_group_intro");
            welcome.Property(page => page.FounderIntro).HasColumnName("welcome_founder_intro");
        });
        builder.ComplexProperty(liveCode => liveCode.Seats, seats =>
        {
            seats.Property(rules => rules.Cap).HasColumnName("seat_cap");
            seats.Property(rules => rules.LeaseMinutes).HasColumnName("seat_lease_minutes");
        });
        builder.ComplexProperty(liveCode => liveCode.HandOver, handOver =>
        {
            handOver.Property(rules => rules.Enabled).HasColumnName("hand_over_enabled");
            handOver.Property(rules => rules.TargetId).HasColumnName("hand_over_target_id");
            handOver.Property(rules => rules.When).HasColumnName("hand_over_when");
            handOver.Property(rules => rules.AfterPresses).HasColumnName("hand_over_after_presses");
        });
        builder.ComplexProperty(liveCode => liveCode.Auto, auto =>
        {
            auto.Property(rules => rules.Groups).HasColumnName("auto_groups");
            auto.Property(rules => rules.Theme).HasColumnName("auto_theme");
            auto.Property(rules => rules.FirstNumber).HasColumnName("auto_first_number");
            auto.Property(rules => rules.MemberThreshold).HasColumnName("auto_member_threshold");
            auto.Property(rules => rules.Replenish).HasColumnName("auto_replenish");
            auto.Property(rules => rules.Blacklist).HasColumnName("auto_blacklist");
            auto.Ignore(rules => rules.LastOfFirst);
        });
        builder.Ignore(liveCode => liveCode.BeginsRounds);
        builder.Ignore(liveCode => liveCode.RestorableUntil);
        builder.Property(liveCode => liveCode.Version).IsConcurrencyToken();
    }
}

internal sealed class SlotMapping : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> builder) =>
        builder.ToTable("slots").HasQueryFilter(HuomaDb.DeletedFilter, slot => slot.DeletedAt == null);
}
