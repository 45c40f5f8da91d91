using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Huoma.Domain.Campaigns;
using Huoma.Server.Media;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Whom a poster is for.</summary>
/// <param name="Nickname">As he calls himself; null: nobody told us.</param>
/// <param name="Avatar">A picture file, checked before it is drawn; null: a neutral head is drawn, when the layout shows one at all.</param>
internal sealed record PosterPerson(string? Nickname, byte[]? Avatar);

/// <summary>All a poster is made of. Of equal orders come equal bytes.</summary>
/// <param name="Picture">Of the campaign; it was checked and encoded anew when it was uploaded.</param>
/// <param name="Url">What the QR says.</param>
internal sealed record PosterOrder(MediaAddress Picture, PosterLayout Layout, PosterPerson Person, string Url)
{
    // Counted up whenever posters are drawn differently: addresses and kept posters are others then.
    private const int Drawing = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The hash of all that is on the poster.</summary>
    public string Content() => Hash(Look(), Person.Nickname ?? "\0", Url, Convert.ToHexString(SHA256.HashData(Person.Avatar ?? [])));

    /// <summary>What everybody's poster of a campaign has in common.</summary>
    public string Look() => Hash($"{Drawing}", Picture.FileName, JsonSerializer.Serialize(Layout, Json));

    private static string Hash(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))));
}

/// <summary>What became of an order.</summary>
internal abstract record PosterResult
{
    private PosterResult()
    {
    }

    /// <summary>Its QR was read from it at half the size and JPEG quality 60.</summary>
    public sealed record Drawn(byte[] Jpeg) : PosterResult;

    /// <summary>The picture is not on this machine's disk.</summary>
    public sealed record Missing : PosterResult;

    /// <summary>However it is drawn, its QR can not be read any more once the poster was sent on.</summary>
    public sealed record Unreadable : PosterResult;

    /// <summary>Too many wait already; try again in a moment.</summary>
    public sealed record Busy : PosterResult;
}
