using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Huoma.Server.Platform.Data;

/// <summary>
/// Closes a few bytes so that their bearer can neither read nor change them: AES-256-GCM with a random nonce, as base64url.
/// Hidden, not only signed, because ids inside grow and would tell how many visitors there are.
/// </summary>
internal sealed class Seal(byte[] key) : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int NoncesAtOnce = 256;

    // Each is used once. The generator costs as much for one as for many.
    [ThreadStatic]
    private static byte[]? nonces;

    [ThreadStatic]
    private static int noncesLeft;

    private readonly ThreadLocal<AesGcm> cipher = new(() => new AesGcm(key, TagLength), trackAllValues: true);

    private AesGcm Cipher => cipher.Value ?? throw new InvalidOperationException();

    public string Close(ReadOnlySpan<byte> content)
    {
        Span<byte> box = stackalloc byte[NonceLength + content.Length + TagLength];
        NextNonce(box[..NonceLength]);
        Cipher.Encrypt(box[..NonceLength], content, box[NonceLength..^TagLength], box[^TagLength..]);
        return Base64Url.EncodeToString(box);
    }

    private static void NextNonce(Span<byte> nonce)
    {
        nonces ??= new byte[NoncesAtOnce * NonceLength];
        if (noncesLeft == 0)
        {
            RandomNumberGenerator.Fill(nonces);
            noncesLeft = NoncesAtOnce;
        }

        noncesLeft--;
        nonces.AsSpan(noncesLeft * NonceLength, NonceLength).CopyTo(nonce);
    }

    /// <summary>False when it was not closed by this seal or holds more than there is room for.</summary>
    /// <param name="length">How many bytes of <paramref name="content"/> were filled.</param>
    public bool TryOpen(ReadOnlySpan<char> text, Span<byte> content, out int length)
    {
        length = 0;
        Span<byte> box = stackalloc byte[NonceLength + content.Length + TagLength];
        if (text.Length > Base64Url.GetEncodedLength(box.Length)
            || Base64Url.DecodeFromChars(text, box, out _, out var boxLength) != OperationStatus.Done || boxLength < NonceLength + TagLength)
        {
            return false;
        }

        box = box[..boxLength];
        length = boxLength - NonceLength - TagLength;
        try
        {
            Cipher.Decrypt(box[..NonceLength], box[NonceLength..^TagLength], box[^TagLength..], content[..length]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var value in cipher.Values)
        {
            value.Dispose();
        }

        cipher.Dispose();
    }
}
