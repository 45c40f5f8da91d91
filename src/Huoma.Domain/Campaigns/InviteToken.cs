using System.Globalization;

namespace Huoma.Domain.Campaigns;

/// <summary>
/// 邀请口令: three capitals, the participant's number in seven digits, three letters, such as <c>BTS0059561Uqo</c> (D24). People copy it with
/// whatever stands around it. It looks up progress and tells who invited; it never grants a reward.
/// </summary>
public static class InviteToken
{
    public const int Length = Front + Digits + Back;
    public const int MaxNumber = 9_999_999;
    public const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    public const string Letters = Capitals + "abcdefghijklmnopqrstuvwxyz";
    public const int Front = 3;
    public const int Back = 3;

    /// <summary>Nobody types a novel to say a 口令.</summary>
    public const int MaxTextLength = 2_000;

    private const int Digits = 7;

    /// <summary>More in one message are a list, not a word to somebody.</summary>
    private const int MaxInText = 3;

    /// <param name="front">Three capitals, drawn.</param>
    /// <param name="back">Three letters, drawn.</param>
    public static string Make(int number, string front, string back)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(back);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        return string.Create(CultureInfo.InvariantCulture, $"{front}{number:D7}{back}");
    }

    /// <summary>The participant's number in a 口令.</summary>
    public static int NumberOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return int.Parse(token.AsSpan(Front, Digits), CultureInfo.InvariantCulture);
    }

    /// <summary>The first 口令 in a text; null when there is none.</summary>
    public static string? Find(string? text) => FindAll(text) is [var first, ..] ? first : null;

    /// <summary>The different 口令 in a text, the first ones.</summary>
    public static IReadOnlyList<string> FindAll(string? text)
    {
        var found = new List<string>();
        for (var at = 0; text is not null && at + Length <= Math.Min(text.Length, MaxTextLength) && found.Count < MaxInText; at++)
        {
            if (IsToken(text.AsSpan(at, Length)) && !IsPartOfWord(text, at - 1) && !IsPartOfWord(text, at + Length))
            {
                var token = text.Substring(at, Length);
                at += Length - 1;
                if (!found.Contains(token))
                {
                    found.Add(token);
                }
            }
        }

        return found;
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var fits = at switch
            {
                < Front => char.IsAsciiLetterUpper(text[at]),
                < Front + Digits => char.IsAsciiDigit(text[at]),
                _ => char.IsAsciiLetter(text[at]),
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    // Hanzi and punctuation may touch it; a letter or digit more makes it something else.
    private static bool IsPartOfWord(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]);
}
