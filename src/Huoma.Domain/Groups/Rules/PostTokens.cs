using System.Text.RegularExpressions;

namespace Huoma.Domain.Groups.Rules;

/// <summary>关键字 in what robots say (F104): <c>@{群新人}</c> and <c>{群名字}</c>, replaced when it is sent.</summary>
public static partial class PostTokens
{
    public const string Newcomer = "@{群新人}";
    public const string GroupName = "{群名字}";

    /// <summary>Most people one message mentions: more nobody reads.</summary>
    public const int MostMentioned = 10;

    /// <summary>Longest text a platform takes.</summary>
    public const int TextMaxLength = 2_000;

    /// <summary>The first token that nobody knows, or that has no meaning here; null when there is none.</summary>
    /// <param name="greets">Whether there is somebody who joined.</param>
    public static string? UnknownIn(string text, bool greets)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Token().Matches(text).Select(match => match.Value).FirstOrDefault(token => !(token == GroupName || (greets && token == Newcomer)));
    }

    /// <summary>The text as the gateway protocol takes it, and who is mentioned in it.</summary>
    /// <param name="joined">Ids of who joined; nobody for what greets nobody.</param>
    public static (string Text, IReadOnlyList<string> MentionIds) Fill(string text, IReadOnlyList<string> joined, string groupName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(joined);
        ArgumentNullException.ThrowIfNull(groupName);
        var mentions = text.Contains(Newcomer, StringComparison.Ordinal);
        for (var count = mentions ? Math.Min(joined.Count, MostMentioned) : 0; ; count--)
        {
            List<string> mentioned = [.. joined.Take(count)];
            var filled = Fill(text, string.Concat(mentioned.Select(id => $"@{{{id}}}")), groupName);
            if (filled.Length <= TextMaxLength || count <= 1)
            {
                return (Cut(filled), mentioned);
            }
        }
    }

    // Names are data: nothing in them is replaced again, neither here nor by the gateway.
    private static string Fill(string text, string newcomers, string groupName) => Token().Replace(text, match => match.Value switch
    {
        Newcomer => newcomers,
        GroupName => groupName.Replace("@{", "@ {", StringComparison.Ordinal),
        var other => other.Replace("@{", "@ {", StringComparison.Ordinal),
    });

    private static string Cut(string text)
    {
        if (text.Length <= TextMaxLength)
        {
            return text;
        }

        return char.IsHighSurrogate(text[TextMaxLength - 1]) ? text[..(TextMaxLength - 1)] : text[..TextMaxLength];
    }

    // Typed in Chinese, braces come out wide: those are no tokens, and are pointed out too.
    [GeneratedRegex(@"@?[{｛][^{}｛｝\r\n]*[}｝]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
