using Huoma.Domain.Media;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Media;

/// <summary>A picture that is ready to be kept.</summary>
/// <param name="Extension"><c>jpg</c> or <c>png</c>.</param>
internal sealed record NewImage(byte[] File, string Extension, int Width, int Height, IReadOnlyList<QrReading> Readings);

/// <summary>Keeps the pictures of the signed-in tenant: the file on disk, what is known of it in the database, each once.</summary>
internal sealed class ImageStore(MediaFiles files, HuomaDb db, CurrentTenant tenant, TimeProvider time)
{
    /// <summary>The row of the picture: a new one, saved, or the one that is there already.</summary>
    public async Task<Image> KeepAsync(NewImage picture, CancellationToken ct)
    {
        var address = MediaAddress.Of(tenant.Id, picture.File, picture.Extension);
        await files.SaveAsync(address, picture.File, ct);
        if (await FindAsync(address, ct) is { } known)
        {
            return known;
        }

        var image = new Image(NewId.Of<Image>(), tenant.Id, address.Hash, address.Extension, time.GetUtcNow());
        image.Measures(picture.Width, picture.Height, picture.File.Length);
        image.Reads(picture.Readings);
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
