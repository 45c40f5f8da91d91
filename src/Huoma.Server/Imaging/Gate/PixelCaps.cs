using Huoma.Domain;

namespace Huoma.Server.Imaging.Gate;

/// <summary>How large a picture may unfold: what a decoder must hold in memory is bounded before it starts.</summary>
internal static class PixelCaps
{
    public const int MaxSide = 8192;
    public const int MaxPixels = 25_000_000;

    /// <summary>For formats whose decoder needs the whole picture in memory at once: WebP and progressive JPEG.</summary>
    public const int MaxPixelsAtOnce = 16_000_000;

    /// <summary>For interlaced PNG, which unfolds entirely and up to 8 bytes a pixel.</summary>
    public const int MaxPixelsInterlaced = 4_000_000;

    /// <summary>For PNG of 16 bits a colour: no screenshot and no photo is, and it unfolds twice as far.</summary>
    public const int MaxPixelsDeep = 8_000_000;

    /// <summary>Null when the size is fine.</summary>
    public static Refusal? Check(long width, long height, int maxPixels)
    {
        if (width < 1 || height < 1)
        {
            return PictureRefusals.Unreadable;
        }

        return width > MaxSide || height > MaxSide || width * height > maxPixels ? PictureRefusals.TooManyPixels : null;
    }
}
