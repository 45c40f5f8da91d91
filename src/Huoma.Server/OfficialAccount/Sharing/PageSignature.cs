using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Huoma.Server.OfficialAccount.Sharing;

/// <summary>The signature by which WeChat's script trusts a page: SHA-1 over ticket, nonce, time and the page's address without its fragment.</summary>
internal static class PageSignature
{
    public static string Of(string ticket, string nonce, long timestamp, string url)
    {
        var end = url.IndexOf('#', StringComparison.Ordinal);
        var text = string.Create(CultureInfo.InvariantCulture, $"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={(end < 0 ? url : url[..end])}");
#pragma warning disable CA5350 // The platform's choice.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
