using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Huoma.Bench.Hosting;

/// <summary>A visitor's cookie, as the server makes it: id and day, AES-256-GCM under a random nonce, base64url.</summary>
internal static class VisitorSeal
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static string Close(byte[] key, long visitorId, int day)
    {
        Span<byte> content = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(content, visitorId);
        BinaryPrimitives.WriteInt32LittleEndian(content[8..], day);
        Span<byte> box = stackalloc byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(box[..NonceLength]);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(box[..NonceLength], content, box[NonceLength..^TagLength], box[^TagLength..]);
        return Base64Url.EncodeToString(box);
    }
}
