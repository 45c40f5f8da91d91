namespace Huoma.Domain.Notices;

/// <summary>What a notice warns of.</summary>
public enum NoticeKind
{
    /// <summary>已用完: nobody new gets a QR any more.</summary>
    CodeExhausted = 1,

    /// <summary>已过期.</summary>
    SlotExpired = 2,

    /// <summary>即将过期: 48, 24 and 2 hours before.</summary>
    SlotExpiring = 3,

    /// <summary>最后一个群: all other groups are full or expired.</summary>
    LastSlot = 4,

    /// <summary>名额不足: one place in five is left.</summary>
    CodeRunningOut = 5,

    /// <summary>即将用完: at the present pace all places are gone within hours.</summary>
    CodeForecast = 6,

    /// <summary>机器人离线: its gateway is gone or its account logged out, for longer than a restart takes.</summary>
    RobotOffline = 7,

    /// <summary>机器人需要扫码登录.</summary>
    RobotNeedsLogin = 8,

    /// <summary>建群失败.</summary>
    GroupFailed = 9,

    /// <summary>群二维码没有更新: a robot could not fetch one, and the old one runs out.</summary>
    GroupQrMissing = 10,

    /// <summary>建群余额不足: robots will soon be unable to make groups, or are.</summary>
    QuotaLow = 11,

    /// <summary>福利码已发完: the campaign ended with its last code.</summary>
    RewardsOut = 20,

    /// <summary>Somebody guesses 口令.</summary>
    TokenGuessing = 21,

    /// <summary>海报无法识别: the QR on a campaign's posters can not be read once they were sent on.</summary>
    PosterUnreadable = 22,
}

/// <summary>What a notice is about, and so where its link leads.</summary>
public enum NoticeAbout
{
    Slots = 1,
    Groups = 2,
    Robot = 3,
    Quota = 4,
    Campaign = 5,
}

/// <summary>A choice of kinds, kept as one number: each kind is the bit of its own number.</summary>
public static class NoticeKinds
{
    public static IReadOnlyList<NoticeKind> All { get; } = Enum.GetValues<NoticeKind>();

    public static NoticeAbout AboutOf(NoticeKind kind) => kind switch
    {
        NoticeKind.RobotOffline or NoticeKind.RobotNeedsLogin => NoticeAbout.Robot,
        NoticeKind.GroupFailed or NoticeKind.GroupQrMissing => NoticeAbout.Groups,
        NoticeKind.QuotaLow => NoticeAbout.Quota,
        NoticeKind.RewardsOut or NoticeKind.TokenGuessing or NoticeKind.PosterUnreadable => NoticeAbout.Campaign,
        _ => NoticeAbout.Slots,
    };

    public static int BitOf(NoticeKind kind) => 1 << (int)kind;

    public static int MaskOf(IEnumerable<NoticeKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return kinds.Aggregate(0, (mask, kind) => mask | BitOf(kind));
    }

    public static IReadOnlyList<NoticeKind> Of(int mask) => [.. All.Where(kind => (mask & BitOf(kind)) != 0)];
}
