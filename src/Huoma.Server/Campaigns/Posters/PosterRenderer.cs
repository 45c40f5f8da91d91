using Huoma.Domain.Campaigns;
using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Media;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Who a poster is for. What is not known is not drawn.</summary>
/// <param name="Avatar">A picture of ours as a file.</param>
internal sealed record PosterPerson(string? Nickname, byte[]? Avatar);

/// <summary>
/// Draws 裂变海报: the uploaded picture with the invitation's QR at its place, as a JPEG that can be sent on. Texts and avatars of the layout
/// are drawn here once the layout has them.
/// </summary>
internal sealed class PosterRenderer(PictureWorkshop workshop, MediaFiles files)
{
    /// <summary>Posters are sent on over mobile networks.</summary>
    public const int MaxBytes = 300 * 1024;

    private const int MaxSide = 2400;

    private static readonly int[] Qualities = [85, 75, 65, 55, 45];

    /// <summary>Null when the picture is not on this machine's disk.</summary>
    /// <param name="picture">Of the campaign; it was checked and encoded anew when it was uploaded.</param>
    /// <param name="url">What the QR says.</param>
    public async Task<byte[]?> RenderAsync(MediaAddress picture, PosterLayout layout, PosterPerson person, string url, CancellationToken ct)
    {
        if (files.Find(picture) is not { } path)
        {
            return null;
        }

        var file = await File.ReadAllBytesAsync(path, ct);
        return await workshop.RunAsync(() => Render(file, layout, url), ct);
    }

    private static byte[] Render(byte[] file, PosterLayout layout, string url)
    {
        // It is ours: nothing but damage on the disk can make it unreadable.
        var accepted = ImageGate.Examine(file, int.MaxValue) as GateResult.Accepted ?? throw new InvalidDataException("A stored poster is damaged.");
        var poster = PictureCodec.Decode(accepted, MaxSide, MaxSide);
        var pixels = poster.Bands == 1 ? Coloured(poster) : poster.Pixels;
        Paste(pixels, poster.Width, QrPicture.Draw(url, layout.Qr.Size), layout.Qr);
        var drawn = new Raster(pixels, poster.Width, poster.Height, 3);
        var jpeg = Array.Empty<byte>();
        foreach (var quality in Qualities)
        {
            jpeg = PictureCodec.ToJpeg(drawn, quality);
            if (jpeg.Length <= MaxBytes)
            {
                break;
            }
        }

        return jpeg;
    }

    private static byte[] Coloured(Raster grey)
    {
        var pixels = new byte[grey.Pixels.Length * 3];
        for (var at = 0; at < grey.Pixels.Length; at++)
        {
            pixels.AsSpan(at * 3, 3).Fill(grey.Pixels[at]);
        }

        return pixels;
    }

    private static void Paste(byte[] pixels, int width, Raster qr, QrBox place)
    {
        for (var row = 0; row < qr.Height; row++)
        {
            var to = (((place.Y + row) * width) + place.X) * 3;
            for (var column = 0; column < qr.Width; column++)
            {
                pixels.AsSpan(to + (column * 3), 3).Fill(qr.Pixels[(row * qr.Width) + column]);
            }
        }
    }
}
