using System.Diagnostics;

namespace Huoma.Domain.Groups.Rules;

/// <summary>What a robot's message is (the numbers are stored).</summary>
public enum PostKind
{
    Text = 1,
    Image = 2,
    Link = 3,
}

/// <summary>A message a robot sends to a group (文字, 图片 or 链接). Of the fields those of its kind are there.</summary>
/// <param name="Title">Of a link, as its description and address.</param>
public sealed record GroupPost(PostKind Type, string? Text = null, ImageId? ImageId = null, string? Title = null, string? Description = null, string? Url = null)
{
    public const int TextMaxLength = 500;
    public const int TitleMaxLength = 64;
    public const int DescriptionMaxLength = 120;
    public const int UrlMaxLength = 2_000;

    /// <summary>Only what phones open in a browser.</summary>
    public static bool IsWebAddress(string? url) =>
        url is { Length: <= UrlMaxLength } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0;

    /// <summary>For lists and the log: one line.</summary>
    public string Summary() => Type switch
    {
        PostKind.Text => Text ?? "",
        PostKind.Image => "[图片]",
        PostKind.Link => $"[链接] {Title} {Url}",
        _ => throw new UnreachableException(),
    };
}
