using System.Security.Cryptography;
using System.Text;

namespace Huoma.Server.Notices.Channels;

/// <summary>Standard Webhooks: a secret <c>whsec_…</c> and what it signs.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>The bytes of a well-formed secret; null otherwise.</summary>
    public static byte[]? KeyOf(string? secret)
    {
        var text = secret?.Trim() ?? "";
        var key = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length is >= 24 and <= 64
            ? key[..length]
            : null;
    }

    /// <summary><c>v1,</c> and HMAC-SHA256 over id, seconds and body.</summary>
    public static string Sign(byte[] key, string id, string timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
