using System.Text.Json;

namespace Huoma.Server.Platform.Http;

/// <summary>An enum in a query string, written as in JSON; an unknown word is kept apart, to be answered by its field.</summary>
internal readonly record struct Choice<T>(T? Value, bool IsKnown)
    where T : struct, Enum
{
    public static IReadOnlyDictionary<string, T> Words { get; } =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    /// <summary>How the framework reads it. An empty text chooses nothing.</summary>
    public static bool TryParse(string? text, out Choice<T> choice)
    {
        choice = string.IsNullOrEmpty(text) ? new Choice<T>(Value: null, IsKnown: true)
            : Words.TryGetValue(text, out var value) ? new Choice<T>(value, IsKnown: true)
            : new Choice<T>(Value: null, IsKnown: false);
        return true;
    }
}
