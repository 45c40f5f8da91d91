using System.IO.Compression;
using System.IO.Pipelines;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>下载全部: the QRs of a code's channels that are not archived, as one zip.</summary>
internal static class DownloadChannelQrs
{
    /// <param name="size">Side in pixels.</param>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Handle(
        LiveCodeId id, Choice<QrDownload.Format>? format, int? size, ChannelQueries queries, CancellationToken ct)
    {
        var download = new QrDownload(format, size);
        if (download.Check().Any(out var problem))
        {
            return problem;
        }

        var channels = await queries.All.Where(row => row.Channel.LiveCodeId == id && row.Channel.ArchivedAt == null)
            .OrderByDescending(row => row.Channel.CreatedAt).ThenByDescending(row => row.Channel.Id).ToListAsync(ct);
        if (channels.Count == 0)
        {
            return Problems.NotFound();
        }

        // Each picture is drawn when the one before it was sent, so that a thousand of them never lie in memory.
        List<(string Name, string Text)> files = [.. channels.Select(row => (QrDownload.SafeName(DownloadChannelQr.NameOf(row)), queries.UrlOf(row.Channel)))];
        var archive = $"{QrDownload.SafeName(channels[0].LiveCode.Name)}-渠道码.zip";
        return TypedResults.Stream(stream => WriteAsync(stream, files, download, ct), "application/zip", archive);
    }

    // An archive writes some of its bytes synchronously, which the answer refuses: it is written to a pipe, picture by picture, and sent from there.
    private static async Task WriteAsync(Stream stream, List<(string Name, string Text)> files, QrDownload download, CancellationToken ct)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await using (var zip = new ZipArchive(pipe.Writer.AsStream(leaveOpen: true), ZipArchiveMode.Create))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, text) in files)
            {
                Add(zip, $"{Single(name, names)}.{download.Extension}", download.Draw(text));
                await SendAsync(pipe.Reader, stream, ct);
            }
        }

        await SendAsync(pipe.Reader, stream, ct);
    }

    private static void Add(ZipArchive zip, string name, byte[] picture)
    {
        // PNGs are compressed already.
        using var file = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        file.Write(picture);
    }

    private static async Task SendAsync(PipeReader reader, Stream stream, CancellationToken ct)
    {
        if (!reader.TryRead(out var read))
        {
            return;
        }

        foreach (var part in read.Buffer)
        {
            await stream.WriteAsync(part, ct);
        }

        reader.AdvanceTo(read.Buffer.End);
    }

    // Names that differ to us may be the same to a file system.
    private static string Single(string name, HashSet<string> names)
    {
        var single = name;
        for (var copy = 2; !names.Add(single); copy++)
        {
            single = $"{name} ({copy})";
        }

        return single;
    }
}
