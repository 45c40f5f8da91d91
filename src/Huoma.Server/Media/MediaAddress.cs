using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Huoma.Server.Media;

/// <summary>Where a stored file is: its hash and its extension, as in <c>/m/{hash}.{extension}</c>.</summary>
internal sealed record MediaAddress
{
    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private MediaAddress(string hash, string extension)
    {
        Hash = hash;
        Extension = extension;
    }

    public string Hash { get; }

    public string Extension { get; }

    public string FileName => $"{Hash}.{Extension}";

    public string ContentType => Extension == "png" ? "image/png" : "image/jpeg";

    /// <summary>The address of a content. The tenant is part of it, so that the same file of two tenants lies at two unrelated addresses.</summary>
    public static MediaAddress Of(TenantId tenantId, ReadOnlySpan<byte> content, string extension)
    {
        Span<byte> tenant = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(tenant, tenantId.Value);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(tenant);
        hash.AppendData(content);
        return new MediaAddress(Convert.ToHexStringLower(hash.GetHashAndReset()), extension);
    }

    /// <summary>Understands a file name; anything but 64 lower-case hex digits and a known extension is none, and so can not lead out of the folder.</summary>
    public static bool TryParse(string fileName, [NotNullWhen(true)] out MediaAddress? address)
    {
        address = null;
        if (fileName.Length != HashLength + 4 || fileName[HashLength] != '.' || fileName.AsSpan(0, HashLength).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        var extension = fileName[(HashLength + 1)..];
        if (extension is not ("jpg" or "png"))
        {
            return false;
        }

        address = new MediaAddress(fileName[..HashLength], extension);
        return true;
    }
}
