using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>A message a robot is to send, as the API takes it: <c>text</c> with its text, <c>image</c> with an uploaded picture, <c>link</c> with title and address.</summary>
[SchemaExample("""{ "type": "link", "title": "新人福利", "description": "点开领取", "url": "https://example.com/a" }""")]
internal sealed record PostInput(PostKind? Type, string? Text, ImageId? ImageId, string? Title, string? Description, string? Url)
{
    public void Check(string field, bool greets, FieldErrors errors)
    {
        switch (Type)
        {
            case PostKind.Text:
                CheckText($"{field}.text", Text, GroupPost.TextMaxLength, greets, errors);
                break;
            case PostKind.Image when ImageId is null:
                errors.Add($"{field}.imageId", "请上传图片");
                break;
            case PostKind.Image:
                break;
            case PostKind.Link:
                errors.Line($"{field}.title", Title, GroupPost.TitleMaxLength).OptionalLine($"{field}.description", Description, GroupPost.DescriptionMaxLength);
                if (!GroupPost.IsWebAddress(Url?.Trim()))
                {
                    errors.Add($"{field}.url", $"请填写以 http:// 或 https:// 开头的完整网址，最多 {GroupPost.UrlMaxLength} 个字符");
                }

                break;
            default:
                errors.Add($"{field}.type", "请选择文字、图片或链接");
                break;
        }
    }

    /// <summary>Some text, of several lines, in which every token is known (F104).</summary>
    public static void CheckText(string field, string? text, int max, bool greets, FieldErrors errors)
    {
        if (text.OrNone() is not { } given)
        {
            errors.Add(field, "请填写内容");
            return;
        }

        errors.OptionalText(field, given, max);
        if (PostTokens.UnknownIn(given, greets) is { } token)
        {
            errors.Add(field, $"不认识的关键字「{token}」，可以使用{(greets ? $" {PostTokens.Newcomer} 和 {PostTokens.GroupName}" : $" {PostTokens.GroupName}")}");
        }
    }

    /// <summary>Adds an error for every picture that is not there or not this tenant's.</summary>
    public static async Task CheckPicturesAsync(string field, IReadOnlyList<PostInput?> posts, HuomaDb db, FieldErrors errors, CancellationToken ct)
    {
        var ids = posts.Select(post => post?.ImageId).OfType<ImageId>().ToList();
        var known = ids.Count == 0 ? [] : await db.Images.Where(image => ids.Contains(image.Id)).Select(image => image.Id).ToListAsync(ct);
        for (var at = 0; at < posts.Count; at++)
        {
            if (posts[at]?.ImageId is { } id && !known.Contains(id))
            {
                errors.Add($"{field}[{at}].imageId", "没有找到这张图片，请重新上传");
            }
        }
    }

    public GroupPost ToPost() => Type switch
    {
        PostKind.Image => new GroupPost(PostKind.Image, ImageId: ImageId),
        PostKind.Link => new GroupPost(PostKind.Link, Title: Title.OrNone(), Description: Description.OrNone(), Url: Url.OrNone()),
        _ => new GroupPost(PostKind.Text, Text.OrNone()),
    };
}

/// <summary>A message a robot sends; of the fields those of its type are there.</summary>
/// <param name="ImageUrl">Where the picture is shown.</param>
internal sealed record PostResponse(PostKind Type, string? Text, ImageId? ImageId, string? ImageUrl, string? Title, string? Description, string? Url)
{
    public static async Task<IReadOnlyList<PostResponse>> OfAsync(IReadOnlyList<GroupPost> posts, HuomaDb db, CancellationToken ct)
    {
        var urls = await PostWriter.ImageUrlsAsync(posts, db, ct);
        return [.. posts.Select(post => new PostResponse(
            post.Type, post.Text, post.ImageId, post.ImageId is { } id ? urls.GetValueOrDefault(id) : null, post.Title, post.Description, post.Url))];
    }
}
