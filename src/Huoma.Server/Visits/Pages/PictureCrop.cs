using System.Globalization;

namespace Huoma.Server.Visits.Pages;

/// <summary>
/// Shows a tall screenshot or a photo so that its QR fills most of the width: WeChat reads what is large on the screen, and at
/// least 240 CSS pixels are wanted. The picture itself is not changed.
/// </summary>
internal sealed record PictureCrop(string Class, string Style)
{
    /// <summary>The QR's share of the frame's width.</summary>
    private const double QrShare = 0.76;

    /// <summary>Height of the frame by its width: the QR, and the group's name above it.</summary>
    private const double FrameHeight = 1.12;

    private static readonly PictureCrop Whole = new("qr", "");

    /// <summary>Where its QR is nobody knows: all of it has to fit on the screen, together with the hint below.</summary>
    private static readonly PictureCrop Unread = new("qr unread", "");

    /// <param name="qrPlace">The corners of the QR in pixels, as <c>x,y x,y x,y x,y</c>; null when it was not read.</param>
    public static PictureCrop Of(int width, int height, string? qrPlace)
    {
        if (qrPlace is null)
        {
            return Unread;
        }

        var (left, top, right, bottom) = Box(qrPlace);
        if (right <= left || bottom <= top)
        {
            return Whole;
        }

        // A card whose QR is large already is shown as it is.
        if ((right - left) / width >= 0.7 && height <= width * 1.5)
        {
            return Whole;
        }

        // All in shares of the frame's width.
        var scale = Math.Max(1, QrShare * width / (right - left));
        var shownHeight = scale * height / width;
        var frame = Math.Min(FrameHeight, shownHeight);
        var x = Math.Clamp((scale * (left + right) / 2 / width) - 0.5, 0, scale - 1);
        var y = Math.Clamp((scale * (top + bottom) / 2 / width) - (frame * 0.54), 0, shownHeight - frame);
        return new PictureCrop("qr cropped", $".cropped{{padding-top:{Percent(frame)}}}.cropped img{{width:{Percent(scale)};left:{Percent(-x)};top:0;margin-top:{Percent(-y)}}}");
    }

    // Every percentage in it, also a top margin's, is one of the frame's width.
    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    private static (double Left, double Top, double Right, double Bottom) Box(string qrPlace)
    {
        var corners = qrPlace.Split(' ').Select(corner => corner.Split(',')).ToList();
        var xs = corners.ConvertAll(corner => double.Parse(corner[0], CultureInfo.InvariantCulture));
        var ys = corners.ConvertAll(corner => double.Parse(corner[1], CultureInfo.InvariantCulture));
        return (xs.Min(), ys.Min(), xs.Max(), ys.Max());
    }
}
