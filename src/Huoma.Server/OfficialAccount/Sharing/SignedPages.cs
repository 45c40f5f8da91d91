using Huoma.Server.OfficialAccount.Api;
using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Sharing;

/// <summary>What a page tells WeChat's script.</summary>
/// <param name="ScriptUrl">Where that script is.</param>
internal sealed record SignedPage(string ScriptUrl, string AppId, long Timestamp, string Nonce, string Signature);

/// <summary>Signs pages of ours for WeChat's script.</summary>
internal sealed class SignedPages(SharedKeys keys, IOptions<OfficialAccountOptions> options, TimeProvider time)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int NonceLength = 16;

    /// <param name="url">The page's address as the browser shows it; of our own host, the caller sees to that.</param>
    /// <returns>Null: no 公众号, or no ticket now. Then the page is shown without.</returns>
    public async Task<SignedPage?> SignAsync(string url, CancellationToken ct)
    {
        if (!options.Value.IsConfigured || await keys.TicketAsync(ct) is not { } ticket)
        {
            return null;
        }

        var (timestamp, nonce) = (time.GetUtcNow().ToUnixTimeSeconds(), NewId.Key(Letters, NonceLength));
        return new SignedPage(options.Value.ScriptUrl, options.Value.AppId ?? "", timestamp, nonce, PageSignature.Of(ticket, nonce, timestamp, url));
    }
}
