using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Media;

/// <summary>Files by the hash of their content, in the data directory. Several processes may share it.</summary>
internal sealed class MediaFiles(IOptions<HuomaOptions> options)
{
    private readonly string root = Path.GetFullPath(Path.Combine(options.Value.DataDirectory, "media"));

    /// <summary>Keeps a file; one that is there already is left alone. A file is either wholly there or not at all, whenever the power goes.</summary>
    public async Task SaveAsync(MediaAddress address, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var path = PathOf(address);
        if (new FileInfo(path) is { Exists: true } found && found.Length == content.Length)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? root);
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(content, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The path of a stored file; null when there is none.</summary>
    public string? Find(MediaAddress address)
    {
        var path = PathOf(address);
        return File.Exists(path) ? path : null;
    }

    private string PathOf(MediaAddress address) => Path.Combine(root, address.Hash[..2], address.FileName);
}
