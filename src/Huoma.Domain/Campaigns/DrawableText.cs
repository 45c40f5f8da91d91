using System.Globalization;
using System.Text;

namespace Huoma.Domain.Campaigns;

/// <summary>
/// Makes of any text, a WeChat nickname above all, one line that can be drawn: no control characters, no marks that turn the line around, no towers of
/// accents, at most <see cref="MaxLetters"/> letters as people count them.
/// </summary>
public static class DrawableText
{
    public const int MaxLetters = 60;

    public const string Ellipsis = "…";

    // Thai and Vietnamese need two, pointed Hebrew three; “Zalgo” has dozens.
    private const int MaxMarks = 3;

    // A family of four with its skin tones has eleven. Endless ones are made to be slow.
    private const int MaxRunesALetter = 12;

    // What can not be among the first letters need not be looked at.
    private const int MaxLength = MaxLetters * MaxRunesALetter * 4;

    private const int Joiner = 0x200D;
    private const int NonJoiner = 0x200C;

    /// <summary>Empty when there is nothing to be seen.</summary>
    public static string Clean(string? text)
    {
        var letters = Letters(Visible(text ?? "")).Select(Short).ToList();
        return letters.Count <= MaxLetters ? string.Concat(letters) : string.Concat(letters.Take(MaxLetters - 1)) + Ellipsis;
    }

    /// <summary>A cleaned text, letter by letter: what belongs together stays together.</summary>
    public static IReadOnlyList<string> Letters(string text)
    {
        var letters = new List<string>();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            letters.Add(elements.GetTextElement());
        }

        return letters;
    }

    private static string Visible(string text)
    {
        var line = new StringBuilder();
        var (marks, isSpaceDue) = (0, false);
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (IsBlank(rune))
            {
                (isSpaceDue, marks) = (line.Length > 0, 0);
                continue;
            }

            // Marks and joiners belong to a letter in front of them.
            var (isMark, isJoiner) = (IsMark(rune), IsJoiner(rune));
            if (!IsDrawn(rune) || ((isMark || isJoiner) && (line.Length == 0 || isSpaceDue)) || (isMark && ++marks > MaxMarks))
            {
                continue;
            }

            line.Append(isSpaceDue ? " " : "").Append(rune.ToString());
            isSpaceDue = false;
            marks = isMark || isJoiner ? marks : 0;
        }

        return line.ToString().TrimEnd((char)Joiner, (char)NonJoiner);
    }

    private static string Short(string letter)
    {
        var runes = letter.EnumerateRunes().ToList();
        return runes.Count <= MaxRunesALetter ? letter : string.Concat(runes.Take(MaxRunesALetter)).TrimEnd((char)Joiner, (char)NonJoiner);
    }

    private static bool IsJoiner(Rune rune) => rune.Value is Joiner or NonJoiner;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Braille's and Hangul's blanks are no white space to Unicode, but names are made of them.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    private static bool IsDrawn(Rune rune) => IsJoiner(rune) || (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
}
