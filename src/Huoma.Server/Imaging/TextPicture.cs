using System.Globalization;
using System.Security;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Imaging;

/// <summary>A line of text as pixels: red, green, blue and alpha, cropped to the ink.</summary>
/// <param name="Top">How far below the top of its line the ink begins.</param>
internal sealed record TextPicture(byte[] Pixels, int Width, int Height, int Top)
{
    private const string Font = "Noto Sans CJK SC";

    // Has no ink, but stands in the font every line is set in: whatever other fonts a name needs, the baseline stays where it is.
    private const string Strut = "\u3000";

    private const string LeftToRight = "\u200E";

    /// <param name="text">Cleaned: see <see cref="Domain.Campaigns.DrawableText"/>.</param>
    /// <param name="colour"><c>#RRGGBB</c>.</param>
    /// <returns>Null: there is no ink in it.</returns>
    public static TextPicture? Draw(string text, int size, string colour)
    {
        using var image = Lay(text, size, colour);
        return image is null ? null : new TextPicture(image.TakePixels(), image.Width, image.Height, image.Top);
    }

    /// <summary>How wide the ink is.</summary>
    public static int Measure(string text, int size)
    {
        using var image = Lay(text, size, "#000000");
        return image?.Width ?? 0;
    }

    // libvips parses every text as markup, so everything in it is escaped. At 72 dots an inch a point is a pixel.
    private static VipsImage? Lay(string text, int size, string colour)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var markup = $"<span foreground=\"{colour}\" lang=\"zh-CN\"><span letter_spacing=\"0\">{Strut}</span>{LeftToRight}{SecurityElement.Escape(text)}</span>";
        using var operation = new VipsOperation("text");
        try
        {
            return operation.With("text", markup).With("font", string.Create(CultureInfo.InvariantCulture, $"{Font} {size}")).With("rgba=true,dpi=72").RunToImage();
        }
        catch (VipsException)
        {
            // "No text to render": letters of no width and no ink.
            return null;
        }
    }
}
