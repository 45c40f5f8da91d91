using Huoma.Server.Imaging;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>点击下载二维码: the code's permanent QR.</summary>
internal static class DownloadQr
{
    /// <param name="size">Side in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        LiveCodeId id, Choice<QrDownload.Format>? format, int? size, HuomaDb db, PublicUrl url, CancellationToken ct)
    {
        var download = new QrDownload(format, size);
        if (download.Check().Any(out var problem))
        {
            return problem;
        }

        return await db.LiveCodes.Where(row => row.Id == id).Select(row => new { row.Name, row.Key }).SingleOrDefaultAsync(ct) is { } liveCode
            ? download.Answer(url.Of($"/q/{liveCode.Key}"), liveCode.Name)
            : Problems.NotFound();
    }
}
