using System.Globalization;

namespace Huoma.Domain.Campaigns;

/// <summary>At which side of its box a line of the poster stands.</summary>
public enum TextAlign
{
    Left = 1,
    Center = 2,
    Right = 3,
}

/// <summary>One line of text on a poster. What does not fit its width ends in “…”.</summary>
/// <param name="Width">Of its box; its height follows from the size of the letters.</param>
/// <param name="Size">Of the letters, in pixels of the picture.</param>
/// <param name="Colour"><c>#RRGGBB</c>.</param>
/// <param name="Text">In the line of 展示用户信息 <c>{昵称}</c> stands for the participant's nickname.</param>
public sealed record PosterLine(int X, int Y, int Width, int Size, string Colour, TextAlign Align, string Text)
{
    public const string Name = "{昵称}";

    /// <summary>Neutral: it promises nothing and asks for nothing.</summary>
    public const string DefaultText = $"{Name} 邀请你加入";

    /// <summary>Stands for a nickname nobody told us.</summary>
    public const string Somebody = "好友";

    public const int NicknameTextMax = 40;
    public const int TextMax = 60;
    public const int LeastSize = 14;
    public const int MostSize = 200;
    public const int LeastWidth = 40;

    /// <summary>Room for what hangs below the line and for the marks above it.</summary>
    public int Height => HeightOf(Size);

    /// <summary>The words in front of the nickname and behind it; null: the line does not name anybody.</summary>
    public (string Before, string After)? AroundTheName() =>
        Text.IndexOf(Name, StringComparison.Ordinal) is >= 0 and var at ? (Text[..at], Text[(at + Name.Length)..]) : null;

    /// <param name="field">In the API.</param>
    internal Refusal? FitsOn(int width, int height, string field, int textMax, bool mayName) => this switch
    {
        { Size: < LeastSize or > MostSize } => new Refusal("campaign.text-size", $"字号需要在 {LeastSize} 到 {MostSize} 之间", field),
        _ when !IsColour(Colour) => new Refusal("campaign.text-colour", "颜色需要写成 #RRGGBB，例如 #333333", field),
        _ when !Enum.IsDefined(Align) => new Refusal("campaign.text-align", "请选择左、中、右对齐", field),
        { X: < 0 } or { Y: < 0 } => Outside(field),
        { Width: < LeastWidth } => new Refusal("campaign.text-width", $"文字的宽度不能小于 {LeastWidth} 像素", field),
        _ when X > width - Width || Y > height - Height => Outside(field),
        _ => TextIsFine(field, textMax, mayName),
    };

    internal static Refusal Empty(string field) => new("campaign.text-empty", "请填写文字，或删除这一条", field);

    private Refusal? TextIsFine(string field, int textMax, bool mayName)
    {
        if (DrawableText.Clean(Text).Length == 0)
        {
            return Empty(field);
        }

        if (Text.EnumerateRunes().Count() > textMax)
        {
            return new Refusal("campaign.text-too-long", string.Create(CultureInfo.InvariantCulture, $"文字不能超过 {textMax} 个字"), field);
        }

        // Whoever writes {name} expects something to stand there.
        var rest = mayName && AroundTheName() is var (before, after) ? before + after : Text;
        return rest.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && rest.IndexOf('}', open) > open
            ? new Refusal("campaign.unknown-placeholder", mayName ? $"只能使用一次 {Name}，没有其他占位符" : $"这里不能使用占位符；{Name} 只能写在「展示用户信息」里", field)
            : null;
    }

    // Noto Sans CJK is 1.448 times as high as its letters are large.
    private static int HeightOf(int size) => ((size * 29) + 19) / 20;

    private static bool IsColour(string? colour) => colour is { Length: 7 } && colour[0] == '#' && colour.Skip(1).All(char.IsAsciiHexDigit);

    private static Refusal Outside(string field) => new("campaign.text-outside", "文字超出了海报，请移动、缩小或调整宽度", field);
}
