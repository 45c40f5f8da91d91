using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Platform.Http;

/// <summary>
/// Checks the shape of an input, field by field, and says in Chinese what is wrong. (The framework's validation speaks English only.)
/// Field names are those of the API.
/// </summary>
internal sealed class FieldErrors
{
    // What is left of broken UTF-8 in a form or a query.
    private const char Undecodable = '\uFFFD';

    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>The finished check: true, with the answer to give, when something is wrong.</summary>
    public bool Any([NotNullWhen(true)] out ProblemHttpResult? problem)
    {
        problem = errors.Count == 0 ? null : Problems.Invalid(errors);
        return problem is not null;
    }

    public FieldErrors Add(string field, string message)
    {
        errors.TryAdd(field, [message]);
        return this;
    }

    /// <summary>One line of text, 1 to <paramref name="max"/> characters besides surrounding white space.</summary>
    public FieldErrors Line(string field, string? value, int max) =>
        !IsVisible(value) ? Add(field, "不能为空") : OptionalLine(field, value, max);

    /// <summary>One line of text that may be missing or empty.</summary>
    public FieldErrors OptionalLine(string field, string? value, int max) => Text(field, value, max, severalLines: false);

    /// <summary>Several lines of text that may be missing or empty.</summary>
    public FieldErrors OptionalText(string field, string? value, int max) => Text(field, value, max, severalLines: true);

    public FieldErrors Range(string field, int? value, int min, int max) =>
        value < min || value > max ? Add(field, $"请输入 {min} 到 {max} 之间的整数") : this;

    public FieldErrors Given<T>(string field, T? value)
        where T : struct => value is null ? Add(field, "不能为空") : this;

    /// <summary>Nothing, or one of the words there are.</summary>
    public FieldErrors Known<T>(string field, Choice<T>? value)
        where T : struct, Enum => value is { IsKnown: false } ? Add(field, "没有这个选项") : this;

    private FieldErrors Text(string field, string? value, int max, bool severalLines)
    {
        if (value is null)
        {
            return this;
        }

        if (LengthOf(value.Trim()) > max)
        {
            return Add(field, $"不能超过 {max} 个字");
        }

        return IsClean(value, severalLines) ? this : Add(field, "含有无法显示的字符");
    }

    private static bool IsVisible([NotNullWhen(true)] string? value) => value is not null && value.EnumerateRunes().Any(letter =>
        !Rune.IsWhiteSpace(letter) && Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control));

    // Counted as people count: an emoji or a rare Hanzi of two code units is one.
    private static int LengthOf(string value) => value.EnumerateRunes().Count();

    private static bool IsClean(string value, bool severalLines)
    {
        for (var at = 0; at < value.Length; at++)
        {
            var letter = value[at];
            if (char.IsSurrogate(letter))
            {
                if (at + 1 == value.Length || !char.IsSurrogatePair(letter, value[at + 1]))
                {
                    return false;
                }

                at++;
            }
            else if (letter == Undecodable)
            {
                return false;
            }
            else if (char.IsControl(letter) && !(severalLines && (letter is '\n' or '\r' or '\t')))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Reads texts as people mean them.</summary>
internal static class Texts
{
    /// <summary>Without white space around it; an empty text is none.</summary>
    public static string? OrNone(this string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
