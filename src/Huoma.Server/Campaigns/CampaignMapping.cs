using System.Text.Json;
using Huoma.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Campaigns;

internal sealed class CampaignMapping : IEntityTypeConfiguration<FissionCampaign>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Configure(EntityTypeBuilder<FissionCampaign> builder)
    {
        builder.ToTable("fission_campaigns");
        builder.Property(campaign => campaign.Layout).HasConversion(
            layout => JsonSerializer.Serialize(layout, Json),
            text => JsonSerializer.Deserialize<PosterLayout>(text, Json) ?? new PosterLayout(new QrBox(0, 0, PosterLayout.LeastQr)));
        builder.Property(campaign => campaign.Version).IsConcurrencyToken();
    }
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
