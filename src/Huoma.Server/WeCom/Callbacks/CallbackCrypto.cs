using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Huoma.Server.WeCom.Callbacks;

/// <summary>
/// The encryption of callbacks (WXBizMsgCrypt): AES-256-CBC over 16 random bytes, the length, the message and who it is for; padded to blocks of
/// 32 bytes, which the framework's own padding refuses. The signature is SHA-1 over the sorted token, time, nonce and cipher text.
/// </summary>
internal static class CallbackCrypto
{
    private const int BlockSize = 32;
    private const int RandomLength = 16;
    private const int HeadLength = RandomLength + sizeof(int);
    private const int IvLength = 16;

    /// <summary>In constant time: how much of a guess is right tells nobody.</summary>
    public static bool IsSigned(string token, string timestamp, string nonce, string encrypted, string signature)
    {
        string[] parts = [token, timestamp, nonce, encrypted];
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // The platform's choice. A collision helps nobody who does not know the token.
        var hash = SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts)));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>The message; null when it is not for <paramref name="receiver"/>, or no such message at all.</summary>
    public static string? Decrypt(string encodingAesKey, string encrypted, string receiver)
    {
        var cipher = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, cipher, out var length) || length == 0 || length % BlockSize != 0)
        {
            return null;
        }

        var plain = Decrypt(Convert.FromBase64String(encodingAesKey + "="), cipher.AsSpan(0, length));
        return Unwrap(plain, receiver);
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> cipher)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(cipher, key.AsSpan(0, IvLength), PaddingMode.None);
    }

    private static string? Unwrap(ReadOnlySpan<byte> plain, string receiver)
    {
        var padding = plain[^1];
        if (padding is < 1 or > BlockSize || plain.Length - padding < HeadLength || plain[^padding..].ContainsAnyExcept(padding))
        {
            return null;
        }

        var content = plain[HeadLength..^padding];
        var length = BinaryPrimitives.ReadInt32BigEndian(plain[RandomLength..]);
        return length >= 0 && length <= content.Length && CryptographicOperations.FixedTimeEquals(content[length..], Encoding.UTF8.GetBytes(receiver))
            ? Encoding.UTF8.GetString(content[..length]) : null;
    }
}
