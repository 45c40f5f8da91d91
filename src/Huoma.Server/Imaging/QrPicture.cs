using System.Globalization;
using System.Text;
using Huoma.Domain.Media;
using Huoma.Server.Imaging.Native;
using Huoma.Server.Media;
using QRCoder;

namespace Huoma.Server.Imaging;

/// <summary>A drawn QR.</summary>
/// <param name="Modules">On each side, those of the white margin included.</param>
/// <param name="Scale">Pixels of a module.</param>
/// <param name="Margin">Pixels in front of the first module.</param>
internal sealed record QrDrawing(Raster Picture, int Modules, int Scale, int Margin);

/// <summary>Draws a text as a QR code to print or download: black on white, error correction M, at least four modules of white around it.</summary>
internal static class QrPicture
{
    /// <summary>Sides of a PNG in pixels.</summary>
    public const int MinSize = 128;
    public const int MaxSize = 2048;

    private const byte White = 255;

    /// <summary>Modules of white on each side of the matrix.</summary>
    private const int Quiet = 4;

    /// <summary>The PNG as a picture to keep: what is in it, and where, need not be searched for.</summary>
    public static NewImage Picture(string text, int size)
    {
        using var code = Encode(text);
        var scale = size / code.ModuleMatrix.Count;
        var near = ((size - (scale * code.ModuleMatrix.Count)) / 2) + (Quiet * scale);
        var far = near + (scale * (code.ModuleMatrix.Count - (2 * Quiet)));
        Pixel[] corners = [new(near, near), new(far, near), new(far, far), new(near, far)];
        return new NewImage(Png(text, size), "png", size, size, [new QrReading(text, corners)]);
    }

    /// <summary>A PNG exactly <paramref name="size"/> pixels wide and high. Every module has the same whole number of pixels; what is left over is white margin.</summary>
    public static byte[] Png(string text, int size)
    {
        VipsLibrary.Start();
        return PictureCodec.ToPng(Draw(text, size).Picture);
    }

    /// <summary>The pixels of <see cref="Png"/>, in shades of grey.</summary>
    /// <param name="isEasy">Less error correction: fewer and so larger modules.</param>
    /// <returns>Null: the square is too small for the text.</returns>
    public static QrDrawing? Draw(string text, int size, bool isEasy)
    {
        using var code = Encode(text, isEasy ? QRCodeGenerator.ECCLevel.L : QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var scale = size / modules.Count;
        if (scale == 0)
        {
            return null;
        }

        var margin = (size - (scale * modules.Count)) / 2;
        var pixels = new byte[size * size];
        Array.Fill(pixels, White);
        for (var row = 0; row < modules.Count; row++)
        {
            var top = (margin + (row * scale)) * size;
            for (var column = 0; column < modules.Count; column++)
            {
                if (modules[row][column])
                {
                    pixels.AsSpan(top + margin + (column * scale), scale).Clear();
                }
            }

            for (var line = 1; line < scale; line++)
            {
                pixels.AsSpan(top, size).CopyTo(pixels.AsSpan(top + (line * size)));
            }
        }

        return new QrDrawing(new Raster(pixels, size, size, 1), modules.Count, scale, margin);
    }

    private static QrDrawing Draw(string text, int size) => Draw(text, size, isEasy: false) ?? throw new ArgumentOutOfRangeException(nameof(size));

    /// <summary>An SVG that scales without loss, <paramref name="size"/> pixels wide unless told otherwise.</summary>
    public static string Svg(string text, int size)
    {
        using var code = Encode(text);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                var start = column;
                while (column < modules.Count && modules[row][column])
                {
                    column++;
                }

                if (column > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{column - start}v1h-{column - start}z");
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {modules.Count} {modules.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{modules.Count}v{modules.Count}H0z"/><path d="{path}"/></svg>""");
    }

    // The matrix comes with its quiet zone.
    private static QRCodeData Encode(string text, QRCodeGenerator.ECCLevel correction = QRCodeGenerator.ECCLevel.M) => QRCodeGenerator.GenerateQrCode(text, correction);
}
