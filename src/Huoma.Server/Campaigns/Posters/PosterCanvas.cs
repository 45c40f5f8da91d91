using System.Buffers;
using Huoma.Server.Imaging;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>The pixels of a poster while it is drawn. The three megabytes are lent, not made anew for each.</summary>
internal sealed class PosterCanvas : IDisposable
{
    private const int Rgb = 3;

    private readonly byte[] pixels;

    public PosterCanvas(Raster background)
    {
        (Width, Height) = (background.Width, background.Height);
        pixels = ArrayPool<byte>.Shared.Rent(Width * Height * Rgb);
        background.Pixels.AsSpan(0, Width * Height * Rgb).CopyTo(pixels);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What is drawn so far, good until this is disposed.</summary>
    public Raster Picture => new(pixels, Width, Height, Rgb);

    /// <summary>A grey picture, which covers what was there.</summary>
    public void Paste(Raster grey, int left, int top)
    {
        for (var row = 0; row < grey.Height; row++)
        {
            var to = At(left, top + row);
            foreach (var tone in grey.Pixels.AsSpan(row * grey.Width, grey.Width))
            {
                pixels.AsSpan(to, Rgb).Fill(tone);
                to += Rgb;
            }
        }
    }

    /// <summary>A text over what is there, as far as it stands on the canvas and between two heights.</summary>
    public void Blend(TextPicture text, int left, int top, int from, int to)
    {
        var firstColumn = Math.Max(0, -left);
        var columns = Math.Min(text.Width, Width - left);
        for (var row = Math.Max(0, Math.Max(0, from) - top); row < Math.Min(text.Height, Math.Min(Height, to) - top); row++)
        {
            for (var column = firstColumn; column < columns; column++)
            {
                var ink = text.Pixels.AsSpan(((row * text.Width) + column) * 4, 4);
                if (ink[3] != 0)
                {
                    Mix(At(left + column, top + row), ink, ink[3]);
                }
            }
        }
    }

    /// <summary>A square coloured picture as a round one.</summary>
    public void PasteRound(Raster square, int left, int top)
    {
        var radius = square.Width / 2.0;
        for (var row = 0; row < square.Height; row++)
        {
            for (var column = 0; column < square.Width; column++)
            {
                var (right, down) = (column + 0.5 - radius, row + 0.5 - radius);
                var cover = Math.Clamp(radius - Math.Sqrt((right * right) + (down * down)) + 0.5, 0, 1);
                if (cover > 0)
                {
                    Mix(At(left + column, top + row), square.Pixels.AsSpan(((row * square.Width) + column) * Rgb, Rgb), (int)(cover * 255));
                }
            }
        }
    }

    /// <summary>A piece of it, the canvas' edges included at most.</summary>
    public Raster Cut(int left, int top, int right, int bottom)
    {
        var (width, height) = (right - left, bottom - top);
        var piece = new byte[width * height * Rgb];
        for (var row = 0; row < height; row++)
        {
            pixels.AsSpan(At(left, top + row), width * Rgb).CopyTo(piece.AsSpan(row * width * Rgb));
        }

        return new Raster(piece, width, height, Rgb);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(pixels);

    private int At(int column, int row) => ((row * Width) + column) * Rgb;

    private void Mix(int at, ReadOnlySpan<byte> colour, int cover)
    {
        for (var band = 0; band < Rgb; band++)
        {
            var below = pixels[at + band];
            pixels[at + band] = (byte)(below + (((colour[band] - below) * cover) + (colour[band] >= below ? 127 : -127)) / 255);
        }
    }
}
