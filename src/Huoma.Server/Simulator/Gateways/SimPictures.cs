using System.Security.Cryptography;
using System.Text.Json;
using Huoma.Domain.Simulator;
using Huoma.Server.Media;
using Huoma.Server.Platform;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>
/// The pictures of a message, before it is sent: by address only from this server's own media, which it looks up instead of fetching;
/// whatever came as base64 is kept.
/// </summary>
internal sealed class SimPictures(MediaFiles files, SimWorldStore store, IServer server, IOptions<HuomaOptions> options)
{
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>By the place of the part: where the picture can be seen. Parts without one have none that may be sent.</summary>
    public async Task<IReadOnlyDictionary<int, string>> FindAsync(JsonElement data, CancellationToken ct)
    {
        var found = new Dictionary<int, string>();
        if (!data.TryGetProperty("parts", out var parts) || parts.ValueKind != JsonValueKind.Array)
        {
            return found;
        }

        var place = 0;
        foreach (var part in parts.EnumerateArray())
        {
            if (SimWire.TextOf(part, "type") == "image" && await AddressOfAsync(part, ct) is { } address)
            {
                found[place] = address;
            }

            place++;
        }

        return found;
    }

    /// <summary>Keeps a picture that somebody sends; null when it is none of the kinds WeChat shows.</summary>
    public async Task<string?> KeepAsync(byte[] content, CancellationToken ct)
    {
        if (content.Length > MaxBytes || TypeOf(content) is not { } type)
        {
            return null;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await store.KeepPictureAsync(hash, new SimPicture(type, content), ct);
        return $"/sim/pictures/{hash}";
    }

    private async Task<string?> AddressOfAsync(JsonElement part, CancellationToken ct)
    {
        if (SimWire.TextOf(part, "base64") is { } text)
        {
            var content = new byte[text.Length];
            return Convert.TryFromBase64String(text, content, out var length) ? await KeepAsync(content[..length], ct) : null;
        }

        return Uri.TryCreate(SimWire.TextOf(part, "url"), UriKind.Absolute, out var url) && IsOurs(url) && url.AbsolutePath.StartsWith("/m/", StringComparison.Ordinal)
            && MediaAddress.TryParse(url.AbsolutePath["/m/".Length..], out var address) && files.Find(address) is not null
                ? url.AbsolutePath
                : null;
    }

    private bool IsOurs(Uri url) => url.Scheme is "http" or "https"
        && (string.Equals(url.Authority, options.Value.PublicUrl?.Authority, StringComparison.OrdinalIgnoreCase)
            || (url.IsLoopback && (GatewayDial.OwnAddress(server) is not { } own || own.Port == url.Port)));

    private static string? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith("GIF8"u8) ? "image/gif"
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;
}
