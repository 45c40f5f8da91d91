using System.Diagnostics;
using Huoma.Domain;
using Huoma.Domain.Media;
using Huoma.Server.Media;

namespace Huoma.Server.Imaging;

/// <summary>What became of an upload.</summary>
internal abstract record StoredImage
{
    private StoredImage()
    {
    }

    /// <summary>The picture is on disk and its row in the database.</summary>
    public sealed record Stored(Image Image) : StoredImage;

    /// <summary>Not taken as a picture; answer with <see cref="PictureRefusals.ToPictureProblem"/>.</summary>
    public sealed record Refused(Refusal Refusal) : StoredImage;
}

/// <summary>Takes an upload for the signed-in tenant: checks it, encodes it anew, reads its QR code and keeps it once.</summary>
internal sealed class StoreImage(PictureWorkshop workshop, ImageStore images)
{
    public async Task<StoredImage> HandleAsync(Stream upload, ImagePurpose purpose, CancellationToken ct) =>
        await workshop.PrepareAsync(upload, purpose, ct) switch
        {
            PreparedPicture.Ready ready => new StoredImage.Stored(await images.KeepAsync(ready.Image, ct)),
            PreparedPicture.Refused refused => new StoredImage.Refused(refused.Refusal),
            _ => throw new UnreachableException(),
        };
}
