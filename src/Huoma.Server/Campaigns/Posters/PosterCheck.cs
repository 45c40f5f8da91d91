using Huoma.Server.Imaging;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>
/// Makes sure before a poster is served that its QR can be read when it was sent on: at half the size and JPEG quality 60. The reader, a process of its own,
/// reads the first whole poster of every look. The QR of each further one is compared with what was drawn, module by module, after it went through the same
/// losses; only when one of them is doubtful the reader is asked again.
/// </summary>
internal sealed class PosterCheck(QrReader reader) : IDisposable
{
    private const int SentOn = 60;

    // A JPEG is made of squares of 16 pixels, and so is its half: a piece cut at multiples of 32 loses exactly what it loses within the whole.
    private const int Square = 32;

    // Of 255: a module this far on its side of the middle is in no doubt.
    private const int Sure = 40;

    private const int MaxLooks = 2_000;

    private int readings;

    private readonly MemoryCache looks = new(new MemoryCacheOptions { SizeLimit = MaxLooks });

    /// <summary>How often the reader was asked.</summary>
    public int Readings => readings;

    public bool IsReadable(PosterOrder order, PosterSheet sheet)
    {
        var look = (order.Look(), order.Url.Length, sheet.Qr.Modules, sheet.Canvas.Width, sheet.Quality);
        if (looks.TryGetValue(look, out _) && AreModulesSound(sheet))
        {
            return true;
        }

        if (!IsRead(sheet.Jpeg, order.Url))
        {
            return false;
        }

        looks.Set(look, true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(6) });
        return true;
    }

    public void Dispose() => looks.Dispose();

    /// <summary>What the reader finds in the whole poster.</summary>
    private bool IsRead(byte[] jpeg, string url)
    {
        Interlocked.Increment(ref readings);
        return reader.Read(Lost(PictureCodec.OfOwnJpeg(jpeg)).ToGrey()).Any(reading => reading.Payload == url);
    }

    private static bool AreModulesSound(PosterSheet sheet)
    {
        var (canvas, qr) = (sheet.Canvas, sheet.Qr);
        var (left, top) = (Math.Max(0, (sheet.QrLeft / Square * Square) - Square), Math.Max(0, (sheet.QrTop / Square * Square) - Square));
        var size = qr.Picture.Width;
        var right = Math.Min(canvas.Width, ((sheet.QrLeft + size + Square) / Square * Square) + Square);
        var bottom = Math.Min(canvas.Height, ((sheet.QrTop + size + Square) / Square * Square) + Square);
        var piece = Lost(PictureCodec.OfOwnJpeg(PictureCodec.ToJpeg(canvas.Cut(left, top, right, bottom), sheet.Quality))).ToGrey();
        for (var row = 0; row < qr.Modules; row++)
        {
            for (var column = 0; column < qr.Modules; column++)
            {
                var (x, y) = (qr.Margin + (int)((column + 0.5) * qr.Scale), qr.Margin + (int)((row + 0.5) * qr.Scale));
                var isDark = qr.Picture.Pixels[(y * size) + x] < 128;
                var tone = piece.Pixels[(Math.Min(piece.Height - 1, (sheet.QrTop - top + y) / 2) * piece.Width) + Math.Min(piece.Width - 1, (sheet.QrLeft - left + x) / 2)];
                if (isDark ? tone > 127 - Sure : tone < 128 + Sure)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What is left of a picture that was sent on.</summary>
    private static Raster Lost(Raster picture) => PictureCodec.OfOwnJpeg(PictureCodec.ToJpeg(Half(picture), SentOn));

    // Four pixels become their mean.
    private static Raster Half(Raster picture)
    {
        var (width, height, stride) = (picture.Width / 2, picture.Height / 2, picture.Width * 3);
        var pixels = new byte[width * height * 3];
        var from = picture.Pixels;
        for (int row = 0, to = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var at = (2 * row * stride) + (6 * column);
                for (var band = 0; band < 3; band++, at++, to++)
                {
                    pixels[to] = (byte)((from[at] + from[at + 3] + from[at + stride] + from[at + stride + 3] + 2) / 4);
                }
            }
        }

        return new Raster(pixels, width, height, 3);
    }
}
