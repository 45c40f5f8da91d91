using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>Writes messages as parts of <c>room.send</c> (docs/robot-gateway.md, section 5). Pictures are named by their path; the gateway's edge adds the host.</summary>
internal sealed class PostWriter(HuomaDb db)
{
    /// <param name="joined">Who is greeted; nobody otherwise.</param>
    public async Task<IReadOnlyList<object>> PartsAsync(IReadOnlyList<GroupPost> posts, IReadOnlyList<string> joined, string groupName, CancellationToken ct)
    {
        var urls = await ImageUrlsAsync(posts, db, ct);
        return [.. posts.Select(post => PartOf(post, joined, groupName, urls)).OfType<object>()];
    }

    public static async Task<Dictionary<ImageId, string>> ImageUrlsAsync(IReadOnlyList<GroupPost> posts, HuomaDb db, CancellationToken ct)
    {
        var ids = posts.Select(post => post.ImageId).OfType<ImageId>().ToList();
        return ids.Count == 0 ? [] : await db.Images.AsNoTracking().Where(image => ids.Contains(image.Id)).ToDictionaryAsync(image => image.Id, image => image.Url, ct);
    }

    /// <summary>What a robot must be able to do to send it.</summary>
    public static string CapabilityOf(GroupPost post) => post.Type switch
    {
        PostKind.Image => CommandTypes.SendImage,
        PostKind.Link => CommandTypes.SendLink,
        _ => CommandTypes.Send,
    };

    private static object? PartOf(GroupPost post, IReadOnlyList<string> joined, string groupName, Dictionary<ImageId, string> urls)
    {
        switch (post.Type)
        {
            case PostKind.Text:
                var (text, mentionIds) = PostTokens.Fill(post.Text ?? "", joined, groupName);
                return new { type = "text", text, mentionIds };
            case PostKind.Image when post.ImageId is { } id && urls.TryGetValue(id, out var url):
                return new { type = "image", url, name = Path.GetFileName(url) };
            case PostKind.Link:
                return new { type = "link", title = post.Title, description = post.Description ?? "", url = post.Url, thumbUrl = (string?)null };
            default:
                return null;
        }
    }
}
