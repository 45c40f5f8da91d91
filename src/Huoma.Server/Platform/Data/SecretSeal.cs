using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform.Data;

/// <summary>
/// Seals what tenants entrust to us (webhook addresses, passwords) before it goes into the database, and signs links. The key is a file in the
/// data directory, beside the media: the database alone, or a dump of it, tells nothing.
/// </summary>
internal sealed class SecretSeal : IDisposable
{
    /// <summary>The longest text that can be sealed, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int KeyLength = 32;

    private readonly byte[] key;
    private readonly Seal seal;

    public SecretSeal(IOptions<HuomaOptions> options)
    {
        key = ReadOrMake(Path.Combine(options.Value.DataDirectory, "keys", "secrets.key"));
        seal = new Seal(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: "settings"u8.ToArray()));
    }

    public string Close(string text) => seal.Close(Encoding.UTF8.GetBytes(text));

    /// <summary>Null when it was not sealed with this key: another data directory, or a backup put back without its keys.</summary>
    public string? Open(string text)
    {
        Span<byte> content = stackalloc byte[MaxBytes];
        return seal.TryOpen(text, content, out var length) ? Encoding.UTF8.GetString(content[..length]) : null;
    }

    /// <summary>A key for one purpose, which is the same in every process on this data directory.</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: Encoding.UTF8.GetBytes(purpose));

    public void Dispose() => seal.Dispose();

    // Two processes that start at once agree on the file that was there first.
    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            var temporary = $"{path}.{Path.GetRandomFileName()}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyLength));
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temporary);
            }
        }

        var found = File.ReadAllBytes(path);
        return found.Length == KeyLength ? found : throw new StartRefusedException($"Huoma:DataDirectory: {path} is damaged; put it back from the backup");
    }
}
