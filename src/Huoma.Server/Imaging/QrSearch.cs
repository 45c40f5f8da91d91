using Huoma.Domain.Media;
using Huoma.Server.Imaging.Gate;

namespace Huoma.Server.Imaging;

/// <summary>Looks for QR codes in a picture, first as it is stored, then, when there are none, as a bad photo needs to be looked at.</summary>
internal sealed class QrSearch(QrReader reader)
{
    // Sizes at which a second look pays: the reader wants modules of 3 to 6 pixels and little blur.
    private const int LargeSide = 2400;
    private const int SmallSide = 640;
    private const int TinySide = 420;

    /// <summary>The codes found, their corners in pixels of <paramref name="stored"/>.</summary>
    public IReadOnlyList<QrReading> Find(GateResult.Accepted picture, Raster stored)
    {
        var grey = stored.ToGrey();
        foreach (var look in Looks(picture, grey))
        {
            var readings = reader.Read(look);
            if (readings.Count > 0)
            {
                return [.. readings.Select(reading => Scale(reading, stored, look))];
            }
        }

        return [];
    }

    private static IEnumerable<Raster> Looks(GateResult.Accepted picture, Raster grey)
    {
        yield return grey;
        if (picture.Format == PictureFormat.Jpeg && Math.Max(picture.Width, picture.Height) > 1.4 * Math.Max(grey.Width, grey.Height))
        {
            // A photo, with a small code in it.
            yield return PictureCodec.Decode(picture, LargeSide, LargeSide).ToGrey();
        }

        var longer = Math.Max(grey.Width, grey.Height);
        if (longer > SmallSide)
        {
            yield return GreyTones.Stretch(At(grey, SmallSide));
        }

        if (longer < 2 * SmallSide)
        {
            yield return GreyTones.Stretch(At(grey, longer * 2));
        }

        yield return GreyTones.Sharpen(GreyTones.Stretch(grey));
        if (longer > TinySide)
        {
            yield return GreyTones.Sharpen(At(grey, TinySide));
        }
    }

    private static Raster At(Raster grey, int longer)
    {
        var scale = longer / (double)Math.Max(grey.Width, grey.Height);
        return PictureCodec.Resize(grey, Math.Max(1, (int)(grey.Width * scale)), Math.Max(1, (int)(grey.Height * scale)));
    }

    private static QrReading Scale(QrReading reading, Raster stored, Raster look) => reading with
    {
        Corners = [.. reading.Corners.Select(corner => new Pixel(corner.X * stored.Width / look.Width, corner.Y * stored.Height / look.Height))],
    };
}
