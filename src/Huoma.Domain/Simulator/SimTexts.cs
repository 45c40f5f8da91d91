using System.Text;

namespace Huoma.Domain.Simulator;

/// <summary>Texts as the imagined WeChat keeps them.</summary>
internal static class SimTexts
{
    /// <summary>Stands after every @name, so that clients know where it ends.</summary>
    public const char MentionEnd = '\u2005';

    /// <summary>Without line breaks and control characters: names are one line.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            clean.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter);
        }

        return clean.ToString().Trim();
    }

    /// <summary>As people and the protocol count: an emoji is one.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>Writes <c>@{id}</c> as the member's name, and puts those in front who are mentioned and do not occur.</summary>
    public static string WithMentions(string text, IReadOnlyList<string> mentionIds, Func<string, string?> nameOf)
    {
        var written = text;
        var missing = new StringBuilder();
        foreach (var id in mentionIds.Distinct(StringComparer.Ordinal))
        {
            if (nameOf(id) is not { } name)
            {
                continue;
            }

            var mention = $"@{name}{MentionEnd}";
            var place = $"@{{{id}}}";
            if (written.Contains(place, StringComparison.Ordinal))
            {
                written = written.Replace(place, mention, StringComparison.Ordinal);
            }
            else if (!text.Contains(mention, StringComparison.Ordinal))
            {
                missing.Append(mention);
            }
        }

        return missing.Append(written).ToString();
    }
}
