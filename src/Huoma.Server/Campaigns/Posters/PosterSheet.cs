using Huoma.Server.Imaging;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>A drawn poster before and after it became a file.</summary>
/// <param name="Quality">Of the JPEG.</param>
internal sealed record PosterSheet(PosterCanvas Canvas, QrDrawing Qr, int QrLeft, int QrTop, int Quality, byte[] Jpeg) : IDisposable
{
    /// <summary>Posters are sent on over mobile networks.</summary>
    public const int MaxBytes = 300 * 1024;

    private static readonly int[] Qualities = [85, 75, 65, 55];

    // Of the picture; small ones are crisper than coarse ones.
    private static readonly double[] Scales = [1, 0.8, 0.64, 0.5, 0.4];

    /// <summary>The best one that is small enough.</summary>
    /// <param name="isEasy">Drawn once more because its QR could not be read: with larger modules, and never coarse.</param>
    /// <returns>Null: the QR has no room, or no size is small enough.</returns>
    public static PosterSheet? Draw(Raster background, PosterOrder order, bool isEasy)
    {
        foreach (var scale in Scales)
        {
            var canvas = new PosterCanvas(scale == 1 ? background : PictureCodec.Resize(background, (int)(background.Width * scale), (int)(background.Height * scale)));
            if (Compose(canvas, order, scale, isEasy) is { } qr)
            {
                foreach (var quality in isEasy ? Qualities[..2] : Qualities)
                {
                    if (PictureCodec.ToJpeg(canvas.Picture, quality) is { Length: <= MaxBytes } jpeg)
                    {
                        return new PosterSheet(canvas, qr, (int)(order.Layout.Qr.X * scale), (int)(order.Layout.Qr.Y * scale), quality, jpeg);
                    }
                }
            }

            canvas.Dispose();
        }

        return null;
    }

    public void Dispose() => Canvas.Dispose();

    private static QrDrawing? Compose(PosterCanvas canvas, PosterOrder order, double scale, bool isEasy)
    {
        var layout = order.Layout;
        if (layout.Avatar is { Shown: true } avatar)
        {
            canvas.PasteRound(PosterAvatar.Square(order.Person.Avatar, (int)(avatar.Size * scale)), (int)(avatar.X * scale), (int)(avatar.Y * scale));
        }

        foreach (var line in layout.Texts ?? [])
        {
            PosterWriting.Write(canvas, line, nickname: null, scale);
        }

        if (layout.Nickname is { } name)
        {
            PosterWriting.Write(canvas, name, order.Person.Nickname, scale);
        }

        var qr = QrPicture.Draw(order.Url, (int)(layout.Qr.Size * scale), isEasy);
        if (qr is not null)
        {
            canvas.Paste(qr.Picture, (int)(layout.Qr.X * scale), (int)(layout.Qr.Y * scale));
        }

        return qr;
    }
}
