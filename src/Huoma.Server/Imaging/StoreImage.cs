using Huoma.Domain;
using Huoma.Domain.Media;
using Huoma.Server.Media;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

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
internal sealed class StoreImage(PictureWorkshop workshop, DiskMediaStore files, HuomaDb db, CurrentTenant tenant, TimeProvider time)
{
    public async Task<StoredImage> HandleAsync(Stream upload, ImagePurpose purpose, CancellationToken ct) =>
        await workshop.PrepareAsync(upload, purpose, ct) switch
        {
            PreparedPicture.Ready ready => new StoredImage.Stored(await KeepAsync(ready, ct)),
            PreparedPicture.Refused refused => new StoredImage.Refused(refused.Refusal),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Image> KeepAsync(PreparedPicture.Ready ready, CancellationToken ct)
    {
        var address = MediaAddress.Of(tenant.Id, ready.File, ready.Extension);
        await files.SaveAsync(address, ready.File, ct);
        if (await FindAsync(address, ct) is { } known)
        {
            return known;
        }

        var image = new Image(NewId.Of<Image>(), tenant.Id, address.Hash, address.Extension, time.GetUtcNow());
        image.Measures(ready.Width, ready.Height, ready.File.Length);
        image.Reads(ready.Readings);
        db.Images.Add(image);
        try
        {
            await db.SaveChangesAsync(ct);
            return image;
        }
        catch (DbUpdateException)
        {
            // Somebody stored the same picture a moment ago.
            db.Entry(image).State = EntityState.Detached;
            if (await FindAsync(address, ct) is { } stored)
            {
                return stored;
            }

            throw;
        }
    }

    private Task<Image?> FindAsync(MediaAddress address, CancellationToken ct) => db.Images.SingleOrDefaultAsync(image => image.Hash == address.Hash, ct);
}
