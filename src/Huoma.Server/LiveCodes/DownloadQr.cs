using System.Text;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>点击下载二维码: the code's permanent QR, to print or to show.</summary>
internal static class DownloadQr
{
    private const int DefaultSize = 512;

    public enum Format
    {
        Png = 1,
        Svg = 2,
    }

    /// <param name="size">Side in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        LiveCodeId id, Choice<Format>? format, int? size, HuomaDb db, PublicUrl url, CancellationToken ct)
    {
        var errors = new FieldErrors().Known("format", format).Range("size", size, QrPicture.MinSize, QrPicture.MaxSize);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        var liveCode = await db.LiveCodes.Where(row => row.Id == id).Select(row => new { row.Name, row.Key }).SingleOrDefaultAsync(ct);
        if (liveCode is null)
        {
            return Problems.NotFound();
        }

        var text = url.Of($"/q/{liveCode.Key}");
        return format?.Value == Format.Svg
            ? TypedResults.File(Encoding.UTF8.GetBytes(QrPicture.Svg(text, size ?? DefaultSize)), "image/svg+xml", FileName(liveCode.Name, "svg"))
            : TypedResults.File(QrPicture.Png(text, size ?? DefaultSize), "image/png", FileName(liveCode.Name, "png"));
    }

    // A name may hold what no file system takes. The framework writes the rest as RFC 5987 asks.
    private static string FileName(string name, string extension) =>
        string.Concat(name.Select(letter => @"\/:*?""<>|".Contains(letter, StringComparison.Ordinal) ? '_' : letter)) + "." + extension;
}
