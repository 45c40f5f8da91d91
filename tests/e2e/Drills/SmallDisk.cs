using System.Diagnostics;

namespace Huoma.E2E.Drills;

/// <summary>A file system of a few megabytes, in memory.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string filler;

    private SmallDisk(string folder)
    {
        Folder = folder;
        filler = Path.Combine(folder, "filler");
    }

    public string Folder { get; }

    /// <summary>Null where mounting is not allowed, as in most containers.</summary>
    public static async Task<SmallDisk?> TryMountAsync(string size)
    {
        var folder = Directory.CreateTempSubdirectory("huoma-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder))
        {
            return new SmallDisk(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    /// <summary>Takes every byte that is left.</summary>
    public async Task FillAsync()
    {
        await using var file = new FileStream(filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                await file.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // No space left on device.
        }
    }

    public void Free() => File.Delete(filler);

    public async ValueTask DisposeAsync()
    {
        (await RunAsync("umount", Folder)).ShouldBeTrue();
        Directory.Delete(Folder);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }) ?? throw new InvalidOperationException(program);
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
