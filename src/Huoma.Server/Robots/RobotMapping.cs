using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Robots;

internal sealed class RobotMapping : IEntityTypeConfiguration<Robot>
{
    public void Configure(EntityTypeBuilder<Robot> builder)
    {
        builder.ToTable("robots").HasQueryFilter(HuomaDb.DeletedFilter, robot => robot.DeletedAt == null);
        builder.Ignore(robot => robot.IsRisky);
        builder.Property(robot => robot.SeedIds).HasConversion(ids => TextLists.Write(ids), text => TextLists.Read(text), TextLists.Comparer);
        builder.ComplexProperty(robot => robot.Limits, limits =>
        {
            limits.Property(limit => limit.GroupsPerDay).HasColumnName("groups_per_day");
            limits.Property(limit => limit.CreateSpacingSeconds).HasColumnName("create_spacing_seconds");
            limits.Property(limit => limit.MessageSpacingSeconds).HasColumnName("message_spacing_seconds");
            limits.Property(limit => limit.MessagesPerMinute).HasColumnName("messages_per_minute");
            limits.Property(limit => limit.KickSpacingSeconds).HasColumnName("kick_spacing_seconds");
        });
    }
}

internal sealed class RobotStateMapping : IEntityTypeConfiguration<RobotState>
{
    public void Configure(EntityTypeBuilder<RobotState> builder)
    {
        builder.ToTable("robot_states").HasKey(state => state.RobotId);
        builder.Ignore(state => state.CanAct);

        // So that a new robot is saved before its state.
        builder.HasOne<Robot>().WithOne().HasForeignKey<RobotState>(state => state.RobotId);
        builder.Property(state => state.Capabilities)
            .HasConversion(words => words == null ? null : TextLists.Write(words), text => text == null ? null : TextLists.Read(text), TextLists.Comparer);
    }
}

internal sealed class RobotCommandMapping : IEntityTypeConfiguration<RobotCommand>
{
    public void Configure(EntityTypeBuilder<RobotCommand> builder) => builder.ToTable("robot_commands").Ignore(command => command.IsFinished);
}

/// <summary>Lists of texts in one column, as JSON.</summary>
internal static class TextLists
{
    public static ValueComparer<IReadOnlyList<string>?> Comparer { get; } = new(
        (one, other) => one == null ? other == null : other != null && one.SequenceEqual(other, StringComparer.Ordinal),
        list => list == null ? 0 : list.Count,
        list => list);

    public static string Write(IReadOnlyList<string> list) => JsonSerializer.Serialize(list);

    public static IReadOnlyList<string> Read(string text) => JsonSerializer.Deserialize<List<string>>(text) ?? [];
}
