using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Huoma.Domain.WeCom;

namespace Huoma.Server.WeCom.Api;

/// <summary>
/// Access tokens, one a corporation and secret, fetched by one caller at a time and kept until shortly before they end. Each process fetches its own:
/// the platform gives the same one while it is good, so nobody spoils another's (ADR 0019), and no token lies in the database.
/// </summary>
internal sealed class WeComTokens(WeComHttp http, TimeProvider time)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <param name="stale">The one that was just refused: it is not given again.</param>
    public async Task<Told<string>> GetAsync(Corporation corporation, string? stale, CancellationToken ct)
    {
        var entry = entries.GetOrAdd(KeyOf(corporation), _ => new Entry());
        if (entry.Kept is { } kept && IsGood(kept, stale))
        {
            return new Told<string>(kept.Token, null);
        }

        await entry.Turn.WaitAsync(ct);
        try
        {
            return entry.Kept is { } other && IsGood(other, stale) ? new Told<string>(other.Token, null) : await FetchAsync(corporation, entry, ct);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    private async Task<Told<string>> FetchAsync(Corporation corporation, Entry entry, CancellationToken ct)
    {
        var query = $"?corpid={Uri.EscapeDataString(corporation.CorpId)}&corpsecret={Uri.EscapeDataString(corporation.Secret)}";
        var (answer, fault) = await http.AskAsync<TokenAnswer>("gettoken", query, body: null, ct);
        if (answer?.AccessToken is not { Length: > 0 } token)
        {
            return new Told<string>(null, fault ?? WeComFault.Strange);
        }

        var lasts = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 0, 0, 86_400)) - Early;
        entry.Kept = new KeptToken(token, time.GetUtcNow() + (lasts < Shortest ? Shortest : lasts));
        return new Told<string>(token, null);
    }

    private bool IsGood(KeptToken kept, string? stale) => kept.Until > time.GetUtcNow() && kept.Token != stale;

    // Not the secret itself: memory is dumped sometimes.
    private static string KeyOf(Corporation corporation) =>
        $"{corporation.CorpId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(corporation.Secret)))}";

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public KeptToken? Kept { get; set; }
    }

    private sealed record KeptToken(string Token, DateTimeOffset Until);
}
