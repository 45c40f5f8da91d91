using Huoma.Server.Imaging;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>下载: this channel's QR (F166), of archived ones too.</summary>
internal static class DownloadChannelQr
{
    /// <param name="size">Side in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        ChannelId id, Choice<QrDownload.Format>? format, int? size, ChannelQueries queries, CancellationToken ct)
    {
        var download = new QrDownload(format, size);
        if (download.Check().Any(out var problem))
        {
            return problem;
        }

        return await queries.All.SingleOrDefaultAsync(row => row.Channel.Id == id, ct) is { } found
            ? download.Answer(queries.UrlOf(found.Channel), NameOf(found))
            : Problems.NotFound();
    }

    /// <summary>How a channel's file is called: by both names, for the same channels serve many codes.</summary>
    public static string NameOf(ChannelOfCode row) => $"{row.Channel.Name}-{row.LiveCode.Name}";
}
