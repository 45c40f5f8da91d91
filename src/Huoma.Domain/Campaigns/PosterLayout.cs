namespace Huoma.Domain.Campaigns;

/// <summary>Where on the poster its parts stand, in pixels of the uploaded picture; kept as JSON, so that parts can be added. What is missing is not drawn.</summary>
/// <param name="Qr">The square the invitation's QR fills, its white margin included. It is drawn last, so that nothing covers it.</param>
public sealed record PosterLayout(QrBox Qr)
{
    /// <summary>Smaller ones are not read from a forwarded picture.</summary>
    public const int LeastQr = 160;

    public const int MaxTexts = 5;

    /// <summary>展示用户信息: the participant's 头像.</summary>
    public AvatarBox? Avatar { get; init; }

    /// <summary>展示用户信息: the line with the participant's 昵称 (F186).</summary>
    public PosterLine? Nickname { get; init; }

    /// <summary>Further words of the operator's; the same on everybody's poster.</summary>
    public IReadOnlyList<PosterLine>? Texts { get; init; }

    /// <summary>Everything people read on the poster besides the picture, for 合规体检.</summary>
    public IEnumerable<string> Words()
    {
        if (Nickname is not null)
        {
            yield return Nickname.Text;
        }

        foreach (var line in Texts ?? [])
        {
            yield return line.Text;
        }
    }

    /// <summary>Below in the middle, a third as wide as the picture; the line with the nickname above it.</summary>
    public static PosterLayout For(int width, int height)
    {
        var size = Math.Clamp(width / 3, LeastQr, Math.Max(LeastQr, Math.Min(width, height)));
        var qr = new QrBox(Math.Max(0, (width - size) / 2), Math.Max(0, height - size - (height / 16)), size);
        var letters = Math.Clamp(width / 22, PosterLine.LeastSize, PosterLine.MostSize);
        var line = new PosterLine(width / 10, qr.Y - (letters * 2), width - (2 * (width / 10)), letters, "#333333", TextAlign.Center, PosterLine.DefaultText);
        return new PosterLayout(qr) { Nickname = line };
    }

    public Refusal? FitsOn(int width, int height) => QrFits(width, height) ?? Avatar?.FitsOn(width, height) ?? Nickname?.FitsOn(width, height, "layout.nickname", PosterLine.NicknameTextMax, mayName: true)
        ?? TextsFit(width, height);

    private Refusal? QrFits(int width, int height) => Qr switch
    {
        { Size: < LeastQr } => new Refusal("campaign.qr-too-small", $"二维码边长不能小于 {LeastQr} 像素，否则难以识别", "layout.qr"),
        { X: < 0 } or { Y: < 0 } => OutsideQr(),
        _ when Qr.X > width - Qr.Size || Qr.Y > height - Qr.Size => OutsideQr(),
        _ => null,
    };

    private Refusal? TextsFit(int width, int height)
    {
        var texts = Texts ?? [];
        return texts.Count > MaxTexts
            ? new Refusal("campaign.too-many-texts", $"文字最多 {MaxTexts} 条", "layout.texts")
            : texts.Select((line, index) => TextFits(line, $"layout.texts[{index}]", width, height)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? TextFits(PosterLine? line, string field, int width, int height) =>
        line is null ? PosterLine.Empty(field) : line.FitsOn(width, height, field, PosterLine.TextMax, mayName: false);

    private static Refusal OutsideQr() => new("campaign.qr-outside", "二维码超出了海报，请移动或缩小", "layout.qr");
}

/// <summary>A square by its upper left corner and side.</summary>
public sealed record QrBox(int X, int Y, int Size);

/// <summary>The square around the participant's round picture.</summary>
/// <param name="Shown">Off unless an operator switches it on: the platform restricts the use of people's pictures.</param>
public sealed record AvatarBox(int X, int Y, int Size, bool Shown)
{
    public const int LeastSize = 40;

    internal Refusal? FitsOn(int width, int height) => this switch
    {
        { Size: < LeastSize } => new Refusal("campaign.avatar-too-small", $"头像边长不能小于 {LeastSize} 像素", "layout.avatar"),
        { X: < 0 } or { Y: < 0 } => Outside(),
        _ when X > width - Size || Y > height - Size => Outside(),
        _ => null,
    };

    private static Refusal Outside() => new("campaign.avatar-outside", "头像超出了海报，请移动或缩小", "layout.avatar");
}

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
