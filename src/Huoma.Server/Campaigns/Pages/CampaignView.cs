using Huoma.Domain.Campaigns;

namespace Huoma.Server.Campaigns.Pages;

/// <summary>What a participant's poster page shows.</summary>
/// <param name="PosterUrl">Null: no poster can be drawn; the link still works.</param>
/// <param name="ShareUrl">His invitation.</param>
public sealed record PosterView(string Key, string Name, string Description, string? PosterUrl, string Token, string ShareUrl)
{
    /// <summary>「用微信头像生成海报」 is offered: he is in WeChat, and WeChat has not told who he is.</summary>
    public bool OffersAvatar { get; init; }

    /// <summary>He asked for it, and it did not come.</summary>
    public bool MissedAvatar { get; init; }

    /// <summary>Null: the page loads no script.</summary>
    public ShareCardView? Card { get; init; }
}

/// <summary>A friend as his inviter sees him: no name in full, but why he does not count.</summary>
public sealed record FriendView(string Name, string State, string When);

/// <summary>任务进度.</summary>
/// <param name="Friends">Null: somebody looks by a 口令 alone, and is told numbers only.</param>
/// <param name="CanClaim">It is he himself, and the goal is reached.</param>
/// <param name="Ended">Why no further friend counts; null: the campaign is running.</param>
public sealed record ProgressView(string Key, string Name, string Token, InviteProgress Progress, IReadOnlyList<FriendView>? Friends, bool CanClaim, string? Ended)
{
    /// <summary>His own, for himself; null: not known, or somebody looks by a 口令.</summary>
    public string? Nickname { get; init; }
}

/// <summary>The reward of who claimed it; one of the three.</summary>
/// <param name="IsOneTime">The link opens once, on this phone.</param>
public sealed record RewardView(string Key, string Name, string? Url, string? Code, bool IsOneTime);

/// <summary>隐私说明.</summary>
/// <param name="Contact">客服微信号 of one of its groups; null: none has any.</param>
/// <param name="Ticket">With which the removal is confirmed.</param>
public sealed record PrivacyView(string Key, string Name, string? Contact, int KeepDays, RemovalStep Step, string? Ticket);

/// <summary>How far somebody is who wants his data removed.</summary>
public enum RemovalStep
{
    /// <summary>Nothing is stored of him.</summary>
    NothingThere = 1,
    Offered = 2,

    /// <summary>He is asked once more.</summary>
    Asked = 3,
}
