using Huoma.Server.Statistics.Counting;

namespace Huoma.Server.Statistics.Reports;

internal enum EntranceKind
{
    /// <summary>The code's own QR.</summary>
    Own = 1,

    /// <summary>A 渠道码 of the code.</summary>
    Channel = 2,

    /// <summary>Another code that hands its visitors over (切换).</summary>
    HandOver = 3,
}

/// <summary>One way into a code.</summary>
/// <param name="Name">Null: the code's own QR.</param>
internal sealed record Entrance(EntranceKind Kind, EntranceKey Key, string? Name, bool IsArchived)
{
    private const string OwnWord = "own";
    private const string HandOverPrefix = "from-";

    public static EntranceKey Own { get; } = new(0);

    /// <summary>How the API names it: <c>own</c>, a channel's id, or <c>from-</c> and the id of the code that hands over.</summary>
    public string Id => Kind switch
    {
        EntranceKind.Own => OwnWord,
        EntranceKind.Channel => new ChannelId(Key.Value).ToString(),
        _ => HandOverPrefix + new LiveCodeId(-Key.Value),
    };

    /// <summary>Reads what the API names it by; a text that names nothing becomes an entrance that no code has.</summary>
    public static EntranceKey Parse(string id)
    {
        if (id == OwnWord)
        {
            return Own;
        }

        var key = id.StartsWith(HandOverPrefix, StringComparison.Ordinal)
            ? -LiveCodeId.Parse(id[HandOverPrefix.Length..]).Value
            : ChannelId.Parse(id).Value;
        return new EntranceKey(key == 0 ? long.MinValue : key);
    }
}
