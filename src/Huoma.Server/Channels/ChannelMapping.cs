using Huoma.Domain.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Channels;

internal sealed class ChannelMapping : IEntityTypeConfiguration<ChannelCode>
{
    public void Configure(EntityTypeBuilder<ChannelCode> builder) => builder.ToTable("channels");
}
