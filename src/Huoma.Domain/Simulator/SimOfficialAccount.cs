using System.Text.Json.Serialization;

namespace Huoma.Domain.Simulator;

/// <summary>A code that authorize gave, and for whom.</summary>
public sealed record SimCode(string PersonId, bool WithProfile, bool IsSnapshot, DateTimeOffset At, bool IsUsed);

/// <summary>A token and until when it is good.</summary>
public sealed record SimToken(string Text, string? PersonId, bool WithProfile, DateTimeOffset Until);

/// <summary>公众号 in the imagined WeChat: web login and the keys of pages, with the numbers WeChat answers.</summary>
public sealed class SimOfficialAccount
{
    public const int InvalidToken = 40001;
    public const int InvalidAppId = 40013;
    public const int InvalidCode = 40029;
    public const int WrongSecret = 40125;
    public const int UsedCode = 40163;
    public const int ExpiredToken = 42001;
    public const int ExpiredCode = 42003;
    public const int NotAuthorized = 48001;

    /// <summary>Seconds a token or ticket lasts.</summary>
    public const int TokenSeconds = 7_200;

    private const int CodeLength = 32;
    private const int TokenLength = 48;
    private const int MostKept = 500;

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    [JsonInclude]
    public IDictionary<string, SimCode> Codes { get; private init; } = new Dictionary<string, SimCode>(StringComparer.Ordinal);

    /// <summary>Of web login, by their text.</summary>
    [JsonInclude]
    public IDictionary<string, SimToken> WebTokens { get; private init; } = new Dictionary<string, SimToken>(StringComparer.Ordinal);

    /// <summary>Of the API (stable_token).</summary>
    [JsonInclude]
    public SimToken? AccessToken { get; private set; }

    [JsonInclude]
    public SimToken? Ticket { get; private set; }

    /// <summary>The person agreed, or was not asked.</summary>
    /// <param name="isSnapshot">He sees a 网页快照页.</param>
    public string IssueCode(SimWorld world, string personId, bool withProfile, bool isSnapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        Prune(Codes, code => code.At);
        var text = world.Word(CodeLength);
        Codes[text] = new SimCode(personId, withProfile, isSnapshot, now, IsUsed: false);
        return text;
    }

    /// <summary>The token for a code, or the number of what is wrong with it.</summary>
    public (SimCode? Code, string Token, int Errcode) Exchange(SimWorld world, string code, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (!Codes.TryGetValue(code, out var issued))
        {
            return (null, "", InvalidCode);
        }

        if (issued.IsUsed)
        {
            return (null, "", UsedCode);
        }

        if (now - issued.At >= CodeLife)
        {
            return (null, "", ExpiredCode);
        }

        Codes[code] = issued with { IsUsed = true };
        Prune(WebTokens, token => token.Until);
        var text = world.Word(TokenLength);
        WebTokens[text] = new SimToken(text, issued.PersonId, issued.WithProfile && !issued.IsSnapshot, now.AddSeconds(TokenSeconds));
        return (issued, text, 0);
    }

    /// <summary>Whose profile a token of web login opens.</summary>
    public (string? PersonId, int Errcode) Profile(string token, string openId, DateTimeOffset now) =>
        !WebTokens.TryGetValue(token, out var found) || found.PersonId is not { } person || OpenIdOf(person) != openId ? (null, InvalidToken)
        : now >= found.Until ? (null, ExpiredToken)
        : found.WithProfile ? (person, 0)
        : (null, NotAuthorized);

    /// <summary>The same one while it is good.</summary>
    public SimToken TokenAt(SimWorld world, DateTimeOffset now, bool isForced)
    {
        ArgumentNullException.ThrowIfNull(world);
        return AccessToken is { } token && now < token.Until && !isForced ? token : AccessToken = new SimToken(world.Word(TokenLength), null, false, now.AddSeconds(TokenSeconds));
    }

    public (SimToken? Ticket, int Errcode) TicketAt(SimWorld world, string accessToken, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (AccessToken?.Text != accessToken)
        {
            return (null, InvalidToken);
        }

        return now >= AccessToken.Until ? (null, ExpiredToken)
            : (Ticket is { } ticket && now < ticket.Until ? ticket : Ticket = new SimToken(world.Word(TokenLength), null, false, now.AddSeconds(TokenSeconds)), 0);
    }

    /// <summary>As <c>o…</c>; of a virtual person another one.</summary>
    public static string OpenIdOf(string personId, bool isSnapshot = false) => $"{(isSnapshot ? "oVIRTUAL" : "oSIM")}{Letters(personId)}";

    public static string UnionIdOf(string personId) => $"uSIM{Letters(personId)}";

    private static string Letters(string personId) => string.Concat(personId.Where(char.IsAsciiLetterOrDigit));

    private static void Prune<T>(IDictionary<string, T> kept, Func<T, DateTimeOffset> at)
    {
        while (kept.Count >= MostKept)
        {
            kept.Remove(kept.MinBy(one => at(one.Value)).Key);
        }
    }
}
