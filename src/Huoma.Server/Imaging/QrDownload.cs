using System.Text;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Imaging;

/// <summary>A QR as somebody wants to download it, to print or to show.</summary>
/// <param name="Size">Side in pixels.</param>
internal readonly record struct QrDownload(Choice<QrDownload.Format>? Kind, int? Size)
{
    private const int DefaultSize = 512;

    public enum Format
    {
        Png = 1,
        Svg = 2,
    }

    public string Extension => IsSvg ? "svg" : "png";

    private bool IsSvg => Kind?.Value == Format.Svg;

    /// <summary>What a file may be called on every system; a name may hold what no file system takes.</summary>
    public static string SafeName(string name) =>
        string.Concat(name.Select(letter => @"\/:*?""<>|".Contains(letter, StringComparison.Ordinal) ? '_' : letter));

    public FieldErrors Check() => new FieldErrors().Known("format", Kind).Range("size", Size, QrPicture.MinSize, QrPicture.MaxSize);

    public byte[] Draw(string text) => IsSvg ? Encoding.UTF8.GetBytes(QrPicture.Svg(text, Size ?? DefaultSize)) : QrPicture.Png(text, Size ?? DefaultSize);

    // The framework writes a name as RFC 5987 asks.
    public FileContentHttpResult Answer(string text, string name) =>
        TypedResults.File(Draw(text), IsSvg ? "image/svg+xml" : "image/png", $"{SafeName(name)}.{Extension}");
}
