using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>头像 as a square in colour, to be drawn round.</summary>
internal static class PosterAvatar
{
    // The platform's largest is 640 pixels wide.
    private const int MaxBytes = 1024 * 1024;
    private const int MaxSide = 1280;

    private static readonly byte[] Ground = [0xD6, 0xDB, 0xE2];
    private static readonly byte[] Figure = [0xFF, 0xFF, 0xFF];

    /// <param name="file">From outside: what is no picture, or a damaged one, becomes the neutral head.</param>
    public static Raster Square(byte[]? file, int size)
    {
        if (file is null || ImageGate.Examine(file, MaxBytes) is not GateResult.Accepted accepted)
        {
            return Neutral(size);
        }

        try
        {
            return Middle(PictureCodec.Decode(accepted, MaxSide, MaxSide), size);
        }
        catch (VipsException)
        {
            return Neutral(size);
        }
    }

    /// <summary>A head and shoulders, nobody's.</summary>
    public static Raster Neutral(int size)
    {
        var pixels = new byte[size * size * 3];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var (x, y) = ((column + 0.5) / size, (row + 0.5) / size);
                var isFigure = IsIn(x, y, 0.5, 0.4, 0.17, 0.17) || IsIn(x, y, 0.5, 0.95, 0.32, 0.32);
                (isFigure ? Figure : Ground).CopyTo(pixels, ((row * size) + column) * 3);
            }
        }

        return new Raster(pixels, size, size, 3);
    }

    private static bool IsIn(double x, double y, double middleX, double middleY, double radiusX, double radiusY)
    {
        var (right, down) = ((x - middleX) / radiusX, (y - middleY) / radiusY);
        return (right * right) + (down * down) <= 1;
    }

    private static Raster Middle(Raster picture, int size)
    {
        var side = Math.Min(picture.Width, picture.Height);
        var (left, top) = ((picture.Width - side) / 2, (picture.Height - side) / 2);
        var square = new byte[side * side * 3];
        for (var at = 0; at < side * side; at++)
        {
            var from = ((top + (at / side)) * picture.Width) + left + (at % side);
            for (var band = 0; band < 3; band++)
            {
                square[(at * 3) + band] = picture.Pixels[(from * picture.Bands) + (picture.Bands == 1 ? 0 : band)];
            }
        }

        return PictureCodec.Resize(new Raster(square, side, side, 3), size, size);
    }
}
