namespace Huoma.Server.Imaging;

/// <summary>Pixels in memory, row by row from the top: three bytes each in sRGB, or one in shades of grey.</summary>
internal sealed record Raster(byte[] Pixels, int Width, int Height, int Bands)
{
    /// <summary>How light each pixel is to the eye.</summary>
    public Raster ToGrey()
    {
        if (Bands == 1)
        {
            return this;
        }

        var grey = new byte[Width * Height];
        var colours = Pixels;
        for (int at = 0, from = 0; at < grey.Length; at++, from += 3)
        {
            // ITU-R BT.601 in 1/1024
            grey[at] = (byte)(((colours[from] * 306) + (colours[from + 1] * 601) + (colours[from + 2] * 117)) >> 10);
        }

        return new Raster(grey, Width, Height, 1);
    }
}
