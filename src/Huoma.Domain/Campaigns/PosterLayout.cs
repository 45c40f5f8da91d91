namespace Huoma.Domain.Campaigns;

/// <summary>Where on the poster its parts stand, in pixels of the uploaded picture; kept as JSON, so that parts can be added.</summary>
/// <param name="Qr">The square the invitation's QR fills, its white margin included.</param>
public sealed record PosterLayout(QrBox Qr)
{
    /// <summary>Smaller ones are not read from a forwarded picture.</summary>
    public const int LeastQr = 160;

    public Refusal? FitsOn(int width, int height) => Qr switch
    {
        { Size: < LeastQr } => new Refusal("campaign.qr-too-small", $"二维码边长不能小于 {LeastQr} 像素，否则难以识别", "layout.qr"),
        { X: < 0 } or { Y: < 0 } => Outside(),
        _ when Qr.X > width - Qr.Size || Qr.Y > height - Qr.Size => Outside(),
        _ => null,
    };

    /// <summary>Below in the middle, a third as wide as the picture.</summary>
    public static PosterLayout For(int width, int height)
    {
        var size = Math.Clamp(width / 3, LeastQr, Math.Max(LeastQr, Math.Min(width, height)));
        return new PosterLayout(new QrBox(Math.Max(0, (width - size) / 2), Math.Max(0, height - size - (height / 16)), size));
    }

    private static Refusal Outside() => new("campaign.qr-outside", "二维码超出了海报，请移动或缩小", "layout.qr");
}

/// <summary>A square by its upper left corner and side.</summary>
public sealed record QrBox(int X, int Y, int Size);

/// <summary>裂变海报: what may be a poster's picture (F185).</summary>
public static class PosterRules
{
    public const int LeastWidth = 600;

    private const double Tall = 16.0 / 9;
    private const double Tolerance = 0.05;

    public static Refusal? CanBePoster(int width, int height) => (width, height) switch
    {
        _ when width < LeastWidth => new Refusal("campaign.poster-too-small", $"海报宽度不能小于 {LeastWidth} 像素，建议 750×1334", "posterImageId"),
        _ when Math.Abs(((double)height / width) - Tall) > Tall * Tolerance => new Refusal("campaign.poster-shape", $"海报需要 9:16 的竖图，建议 750×1334；这张是 {width}×{height}", "posterImageId"),
        _ => null,
    };
}
