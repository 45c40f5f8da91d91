using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class DrawableTextTests
{
    [Theory]
    [InlineData("张三", "张三")]
    [InlineData("  张\t三\r\n", "张 三")]
    [InlineData("A\u202EDCBA", "ADCBA")]
    [InlineData("\u2066x\u2069\u200E\u200F\uFEFF", "x")]
    [InlineData("a\u0000b\u001Bc", "abc")]
    [InlineData("\uE001私\uF8FF", "私")]
    [InlineData("\uD83D", "")]
    [InlineData("\u3164\u2800\u200B", "")]
    [InlineData("\u0301\u0301", "")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦 一家", "👨\u200D👩\u200D👧\u200D👦 一家")]
    [InlineData("1\uFE0F\u20E3", "1\uFE0F\u20E3")]
    [InlineData("𠮷野家", "𠮷野家")]
    [InlineData("محمد", "محمد")]
    [InlineData("<span>&amp;", "<span>&amp;")]
    [InlineData("e\u0301\u0302\u0303\u0304\u0305\u0306x", "e\u0301\u0302\u0303x")]
    [InlineData("a\u200D", "a")]
    [InlineData(null, "")]
    public void Clean_KeepsWhatCanBeSeen(string? text, string clean) => DrawableText.Clean(text).ShouldBe(clean);

    [Fact]
    public void Clean_CutsALongText_BetweenLetters()
    {
        DrawableText.Clean(new string('字', 60)).ShouldBe(new string('字', 60));
        DrawableText.Clean(new string('字', 61)).ShouldBe(new string('字', 59) + "…");
        DrawableText.Clean(string.Concat(Enumerable.Repeat("👨\u200D👩\u200D👧", 10_000))).ShouldBe(string.Concat(Enumerable.Repeat("👨\u200D👩\u200D👧", 59)) + "…");
    }

    [Fact]
    public void Clean_HoldsForAnyText() => Prop.ForAll(Texts().ToArbitrary(), text =>
    {
        var clean = DrawableText.Clean(text);
        DrawableText.Clean(clean).ShouldBe(clean);
        clean.ShouldBe(clean.Trim());
        new StringInfo(clean).LengthInTextElements.ShouldBeLessThanOrEqualTo(DrawableText.MaxLetters);
        clean.Length.ShouldBeLessThan(1_600);
        clean.EnumerateRunes().ShouldAllBe(rune => rune.Value == 0x200D || rune.Value == 0x200C || !Forbidden.Contains(Rune.GetUnicodeCategory(rune)));
        LongestTower(clean).ShouldBeLessThanOrEqualTo(3);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static readonly UnicodeCategory[] Forbidden =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.PrivateUse, UnicodeCategory.Surrogate, UnicodeCategory.OtherNotAssigned,
        UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator,
    ];

    /// <summary>Pieces that trouble something, and any code units between them.</summary>
    private static Gen<string> Texts()
    {
        var piece = Gen.OneOf(
            Gen.Elements("张", " ", "\u0301", "\u0E49", "\u200D", "\u200C", "\u202E", "👩", "🏽", "\u094D", "\u0915", "م", "\u2800", "\u3164", "\uD800", "🇨", "\uFE0F", "\U000E0067", "\n"),
            Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString()),
            Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32),
            Gen.Choose(1, 200).Select(times => string.Concat(Enumerable.Repeat("\u0915\u094D", times))),
            Gen.Choose(1, 200).Select(times => string.Concat(Enumerable.Repeat("👩🏽\u200D", times))));
        return piece.ArrayOf().Select(string.Concat);
    }

    private static int LongestTower(string text)
    {
        var (longest, now) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            now = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? now + 1 : 0;
            longest = Math.Max(longest, now);
        }

        return longest;
    }
}
