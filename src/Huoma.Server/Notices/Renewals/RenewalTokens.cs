using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Notices.Renewals;

/// <summary>
/// The tokens of 续码链接: the link's id and 24 bytes of its signature. They are made anew for every try to send, so nothing that opens a link
/// is in the database; and a guess is refused without asking it.
/// </summary>
internal sealed class RenewalTokens(SecretSeal seal)
{
    private const int SignatureLength = 24;
    private const int IdLength = 11;

    private readonly byte[] key = seal.KeyFor("renewal-links");

    public string Make(RenewalLinkId id) => $"{id}{Base64Url.EncodeToString(Sign(id))}";

    /// <summary>Null when forged.</summary>
    public RenewalLinkId? Open(string token)
    {
        if (token.Length < IdLength)
        {
            return null;
        }

        var id = RenewalLinkId.Parse(token[..IdLength]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Make(id)), Encoding.ASCII.GetBytes(token)) ? id : null;
    }

    private byte[] Sign(RenewalLinkId id)
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(content, id.Value);
        return HMACSHA256.HashData(key, content)[..SignatureLength];
    }
}
