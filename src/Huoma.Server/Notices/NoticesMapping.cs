using Huoma.Domain.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Notices;

internal sealed class NoticeChannelMapping : IEntityTypeConfiguration<NoticeChannel>
{
    public void Configure(EntityTypeBuilder<NoticeChannel> builder) => builder.ToTable("notice_channels").Ignore(channel => channel.Quiet);
}
