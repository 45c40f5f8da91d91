using Huoma.Domain.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Media;

internal sealed class ImageMapping : IEntityTypeConfiguration<Image>
{
    public void Configure(EntityTypeBuilder<Image> builder) => builder.ToTable("images").Ignore(image => image.Url);
}
