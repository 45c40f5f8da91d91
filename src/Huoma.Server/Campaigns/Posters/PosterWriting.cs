using Huoma.Domain.Campaigns;
using Huoma.Server.Imaging;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Writes the lines of a layout: cleaned, within their width, on a steady baseline.</summary>
internal static class PosterWriting
{
    // Around the name: however it runs, the words beside it stay where they are.
    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    /// <param name="scale">Of the canvas against the uploaded picture.</param>
    public static void Write(PosterCanvas canvas, PosterLine line, string? nickname, double scale)
    {
        var size = Math.Max(8, (int)(line.Size * scale));
        var width = (int)(line.Width * scale);
        var text = line.AroundTheName() is var (before, after)
            ? Fit(DrawableText.Clean(before), NameOf(nickname), DrawableText.Clean(after), size, width, HasSpace(before, ^1), HasSpace(after, 0))
            : Fit("", DrawableText.Clean(line.Text), "", size, width, spaceBefore: false, spaceAfter: false);
        if (TextPicture.Draw(text, size, line.Colour) is not { } picture)
        {
            return;
        }

        var room = width - picture.Width;
        var left = (int)(line.X * scale) + (line.Align switch
        {
            TextAlign.Left => 0,
            TextAlign.Right => room,
            _ => room / 2,
        });

        // What towers or hangs a little is drawn, but nobody's name reaches into the lines around it.
        var (top, height) = ((int)(line.Y * scale), (int)(line.Height * scale));
        canvas.Blend(picture, left, top + picture.Top, top - (height / 4), top + (height * 5 / 4));
    }

    /// <summary>The name is shortened before the words around it are.</summary>
    internal static string Fit(string before, string middle, string after, int size, int width, bool spaceBefore, bool spaceAfter)
    {
        var (front, back) = (spaceBefore && before.Length > 0 ? before + " " : before, spaceAfter && after.Length > 0 ? " " + after : after);
        string Around(string name) => $"{front}{Isolate}{name}{EndOfIsolate}{back}";
        if (Fits(Around(middle), size, width))
        {
            return Around(middle);
        }

        var letters = DrawableText.Letters(middle);
        var kept = Most(letters.Count - 1, count => Fits(Around(Shortened(letters, count)), size, width));
        if (kept > 0)
        {
            return Around(Shortened(letters, kept));
        }

        letters = DrawableText.Letters(front + middle + back);
        return Shortened(letters, Most(letters.Count - 1, count => Fits(Shortened(letters, count), size, width)));
    }

    private static string NameOf(string? nickname) => DrawableText.Clean(nickname) is { Length: > 0 } name ? name : PosterLine.Somebody;

    private static bool HasSpace(string text, Index at) => text.Length > 0 && char.IsWhiteSpace(text[at]);

    private static bool Fits(string text, int size, int width) => TextPicture.Measure(text, size) <= width;

    private static string Shortened(IReadOnlyList<string> letters, int count) => string.Concat(letters.Take(count)).TrimEnd() + DrawableText.Ellipsis;

    // Widths grow with the letters, near enough.
    private static int Most(int limit, Func<int, bool> fits)
    {
        var (low, high) = (0, limit);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = fits(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
