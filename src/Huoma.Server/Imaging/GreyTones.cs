namespace Huoma.Server.Imaging;

/// <summary>Makes faint and soft grey pictures easier to read.</summary>
internal static class GreyTones
{
    // The darkest and lightest hundredth are reflections, dust and frames.
    private const int IgnoredShare = 100;

    /// <summary>Spreads the tones from black to white.</summary>
    public static Raster Stretch(Raster grey)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var tone in grey.Pixels)
        {
            histogram[tone]++;
        }

        var ignored = grey.Pixels.Length / IgnoredShare;
        var (dark, light) = (0, 255);
        for (var count = histogram[0]; dark < 255 && count <= ignored; count += histogram[dark])
        {
            dark++;
        }

        for (var count = histogram[255]; light > dark && count <= ignored; count += histogram[light])
        {
            light--;
        }

        var range = Math.Max(1, light - dark);
        Span<byte> tones = stackalloc byte[256];
        for (var tone = 0; tone < tones.Length; tone++)
        {
            tones[tone] = (byte)Math.Clamp((tone - dark) * 255 / range, 0, 255);
        }

        var stretched = new byte[grey.Pixels.Length];
        for (var at = 0; at < stretched.Length; at++)
        {
            stretched[at] = tones[grey.Pixels[at]];
        }

        return grey with { Pixels = stretched };
    }

    /// <summary>Lifts edges: each pixel moves away from the mean of its 5×5 neighbourhood.</summary>
    public static Raster Sharpen(Raster grey)
    {
        const int radius = 2;
        var (width, height) = (grey.Width, grey.Height);
        if (width <= 2 * radius || height <= 2 * radius)
        {
            return grey;
        }

        var sharp = (byte[])grey.Pixels.Clone();
        var columns = new int[width];
        for (var y = radius; y < height - radius; y++)
        {
            SumColumns(grey, y, radius, columns);
            var sum = columns[0] + columns[1] + columns[2] + columns[3];
            for (var x = radius; x < width - radius; x++)
            {
                sum += columns[x + radius];
                var at = (y * width) + x;
                sharp[at] = (byte)Math.Clamp((3 * grey.Pixels[at]) - (2 * sum / 25), 0, 255);
                sum -= columns[x - radius];
            }
        }

        return grey with { Pixels = sharp };
    }

    private static void SumColumns(Raster grey, int y, int radius, int[] columns)
    {
        Array.Clear(columns);
        for (var row = y - radius; row <= y + radius; row++)
        {
            var line = grey.Pixels.AsSpan(row * grey.Width, grey.Width);
            for (var x = 0; x < columns.Length; x++)
            {
                columns[x] += line[x];
            }
        }
    }
}
