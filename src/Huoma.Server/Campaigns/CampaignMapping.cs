using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Campaigns;

internal sealed class CampaignMapping : IEntityTypeConfiguration<FissionCampaign>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    // Two layouts that read the same are the same: a record compares its lists by reference.
    private static readonly ValueComparer<PosterLayout> SameLayout = new(
        (one, other) => Write(one) == Write(other), layout => Write(layout).GetHashCode(StringComparison.Ordinal), layout => layout);

    public void Configure(EntityTypeBuilder<FissionCampaign> builder)
    {
        builder.ToTable("fission_campaigns");
        builder.Property(campaign => campaign.Layout).HasConversion(
            layout => Write(layout),
            text => JsonSerializer.Deserialize<PosterLayout>(text, Json) ?? new PosterLayout(new QrBox(0, 0, PosterLayout.LeastQr)),
            SameLayout);
        builder.Property(campaign => campaign.Version).IsConcurrencyToken();
    }

    private static string Write(PosterLayout? layout) => JsonSerializer.Serialize(layout, Json);
}

internal sealed class ParticipantMapping : IEntityTypeConfiguration<Participant>
{
    public void Configure(EntityTypeBuilder<Participant> builder) => builder.ToTable("fission_participants");
}

internal sealed class InviteeMapping : IEntityTypeConfiguration<Invitee>
{
    public void Configure(EntityTypeBuilder<Invitee> builder)
    {
        builder.ToTable("fission_invitees");
        builder.Ignore(invitee => invitee.IsToBeConfirmed);
    }
}
