using System.Security.Cryptography;
using Huoma.Domain;

namespace Huoma.Server.Platform;

/// <summary>Fresh chance for ids, keys and secrets.</summary>
internal static class NewId
{
    public static Id<T> Of<T>()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return new Id<T>((BitConverter.ToInt64(bytes) & long.MaxValue) | 1);
    }

    public static string Key(string letters, int length) => RandomNumberGenerator.GetString(letters, length);
}
