using System.Text;
using Huoma.Domain;
using Huoma.Domain.Accounts;
using Huoma.Domain.Audit;
using Huoma.Domain.Campaigns;
using Huoma.Domain.Channels;
using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Domain.Notices;
using Huoma.Domain.OfficialAccount;
using Huoma.Domain.Quota;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Huoma.Server.Platform.Data;

/// <summary>What people edit. Every query sees the rows of the signed-in tenant only (ADR 0008).</summary>
internal sealed class HuomaDb(DbContextOptions<HuomaDb> options, CurrentTenant tenant) : DbContext(options)
{
    /// <summary>Names the filter by which a mapping hides rows that were deleted softly.</summary>
    public const string DeletedFilter = "deleted";

    private const string TenantFilter = "tenant";

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Image> Images => Set<Image>();

    public DbSet<LiveCode> LiveCodes => Set<LiveCode>();

    public DbSet<Slot> Slots => Set<Slot>();

    public DbSet<ChannelCode> Channels => Set<ChannelCode>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<NoticeChannel> NoticeChannels => Set<NoticeChannel>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<BlacklistEntry> BlacklistEntries => Set<BlacklistEntry>();
    public DbSet<GroupRules> GroupRules => Set<GroupRules>();
    public DbSet<GroupRuleState> GroupRuleStates => Set<GroupRuleState>();
    public DbSet<KeywordHit> KeywordHits => Set<KeywordHit>();
    public DbSet<Announcement> Announcements => Set<Announcement>();
    public DbSet<AnnouncementDelivery> AnnouncementDeliveries => Set<AnnouncementDelivery>();
    public DbSet<QuotaEntry> QuotaEntries => Set<QuotaEntry>();
    public DbSet<Robot> Robots => Set<Robot>();
    public DbSet<RobotState> RobotStates => Set<RobotState>();
    public DbSet<RobotCommand> RobotCommands => Set<RobotCommand>();
    public DbSet<FissionCampaign> Campaigns => Set<FissionCampaign>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<Invitee> Invitees => Set<Invitee>();
    public DbSet<VerifyFile> VerifyFiles => Set<VerifyFile>();

    private TenantId TenantId => tenant.Id;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<TenantId>().HaveConversion<IdConverter<Tenant>>();
        configurationBuilder.Properties<UserId>().HaveConversion<IdConverter<User>>();
        configurationBuilder.Properties<ImageId>().HaveConversion<IdConverter<Image>>();
        configurationBuilder.Properties<LiveCodeId>().HaveConversion<IdConverter<LiveCode>>();
        configurationBuilder.Properties<SlotId>().HaveConversion<IdConverter<Slot>>();
        configurationBuilder.Properties<ChannelId>().HaveConversion<IdConverter<ChannelCode>>();
        configurationBuilder.Properties<AuditEntryId>().HaveConversion<IdConverter<AuditEntry>>();
        configurationBuilder.Properties<NoticeChannelId>().HaveConversion<IdConverter<NoticeChannel>>();
        configurationBuilder.Properties<GroupId>().HaveConversion<IdConverter<Group>>();
        configurationBuilder.Properties<BlacklistEntryId>().HaveConversion<IdConverter<BlacklistEntry>>();
        configurationBuilder.Properties<KeywordHitId>().HaveConversion<IdConverter<KeywordHit>>();
        configurationBuilder.Properties<AnnouncementId>().HaveConversion<IdConverter<Announcement>>();
        configurationBuilder.Properties<AnnouncementDeliveryId>().HaveConversion<IdConverter<AnnouncementDelivery>>();
        configurationBuilder.Properties<QuotaEntryId>().HaveConversion<IdConverter<QuotaEntry>>();
        configurationBuilder.Properties<RobotId>().HaveConversion<IdConverter<Robot>>();
        configurationBuilder.Properties<RobotCommandId>().HaveConversion<IdConverter<RobotCommand>>();
        configurationBuilder.Properties<CampaignId>().HaveConversion<IdConverter<FissionCampaign>>();
        configurationBuilder.Properties<ParticipantId>().HaveConversion<IdConverter<Participant>>();
        configurationBuilder.Properties<InviteeId>().HaveConversion<IdConverter<Invitee>>();
        configurationBuilder.Properties<VerifyFileId>().HaveConversion<IdConverter<VerifyFile>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(HuomaDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            NameColumns(entity);
        }

        Filter<User>(modelBuilder);
        Filter<Image>(modelBuilder);
        Filter<LiveCode>(modelBuilder);
        Filter<Slot>(modelBuilder);
        Filter<ChannelCode>(modelBuilder);
        Filter<AuditEntry>(modelBuilder);
        Filter<NoticeChannel>(modelBuilder);
        Filter<Group>(modelBuilder);
        Filter<GroupMember>(modelBuilder);
        Filter<BlacklistEntry>(modelBuilder);
        Filter<GroupRules>(modelBuilder);
        Filter<GroupRuleState>(modelBuilder);
        Filter<KeywordHit>(modelBuilder);
        Filter<Announcement>(modelBuilder);
        Filter<AnnouncementDelivery>(modelBuilder);
        Filter<QuotaEntry>(modelBuilder);
        Filter<Robot>(modelBuilder);
        Filter<RobotState>(modelBuilder);
        Filter<RobotCommand>(modelBuilder);
        Filter<FissionCampaign>(modelBuilder);
        Filter<Participant>(modelBuilder);
        Filter<Invitee>(modelBuilder);
        Filter<VerifyFile>(modelBuilder);
    }

    private void Filter<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned => modelBuilder.Entity<T>().HasQueryFilter(TenantFilter, row => row.TenantId == TenantId);

    private static void NameColumns(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(SnakeCase(property.GetColumnName()));
            property.ValueGenerated = ValueGenerated.Never;
        }
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0 && snake[^1] != '_')
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, long>(id => id.Value, value => new Id<T>(value));

    private sealed class InstantConverter()
        : ValueConverter<DateTimeOffset, long>(instant => instant.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
