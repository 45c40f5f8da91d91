using System.Globalization;
using Huoma.Domain;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Imaging;

/// <summary>Why a file is not taken as a picture, told to the one who uploads it.</summary>
internal static class PictureRefusals
{
    private const string Field = "file";

    public static readonly Refusal Empty = new("picture.unreadable", "文件是空的，请重新选择图片", Field);

    public static readonly Refusal Unreadable = new("picture.unreadable", "图片不完整或已损坏，请重新截图或另存后再上传", Field);

    public static readonly Refusal Unsupported = new("picture.unsupported", "只支持 JPG、PNG、WebP、GIF 图片，请换一张", Field);

    public static readonly Refusal UnusualEncoding = new("picture.unsupported", "图片的编码方式比较特殊，请截图后再上传", Field);

    public static readonly Refusal Animated = new("picture.unsupported", "不支持动态 WebP 图片，请截图后再上传", Field);

    public static readonly Refusal TooManyPixels = new("picture.too-many-pixels", "图片的尺寸太大，请缩小到 2500 万像素、边长 8192 以内", Field);

    public static Refusal TooLarge(int maxBytes) =>
        new("picture.too-large", string.Create(CultureInfo.InvariantCulture, $"图片不能超过 {maxBytes / 1024 / 1024} MB，请压缩后再上传"), Field);

    public static Refusal WrongSize(int width, int height, int foundWidth, int foundHeight) =>
        new("picture.wrong-size", string.Create(CultureInfo.InvariantCulture, $"图片尺寸须为 {width}×{height}，这张是 {foundWidth}×{foundHeight}，请裁剪后再上传"), Field);

    /// <summary>A picture's refusal is about the input, not about the state of things: 413 or 400 instead of 409.</summary>
    public static ProblemHttpResult ToPictureProblem(this Refusal refusal)
    {
        var status = refusal.Code == "picture.too-large" ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        return Problems.Create(status, refusal.Code, refusal.Message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [refusal.Field ?? Field] = [refusal.Message] });
    }
}
