namespace Huoma.Domain.Campaigns;

/// <summary>福利: what a participant gets who reached the goal (the numbers are stored).</summary>
public enum RewardKind
{
    /// <summary>福利链接: the same address for everybody (F188).</summary>
    Link = 1,

    /// <summary>福利码: each participant takes one of a stock (U8).</summary>
    Codes = 2,

    /// <summary>一次性链接: signed, bound to the participant, opens the address once (U8).</summary>
    SignedLink = 3,
}

/// <summary>状态 of a 任务宝任务 at a moment.</summary>
public enum CampaignStatus
{
    /// <summary>未开始.</summary>
    NotBegun = 1,

    /// <summary>进行中.</summary>
    Running = 2,

    /// <summary>已暂停.</summary>
    Paused = 3,

    /// <summary>已结束: its time is over, or its stock.</summary>
    Ended = 4,
}

/// <summary>What an invited friend counts as.</summary>
public enum InviteeState
{
    /// <summary>待确认: he scanned; nobody knows yet whether he joined, or whether the one who joined is he.</summary>
    Pending = 1,

    /// <summary>有效.</summary>
    Valid = 2,

    /// <summary>已退群.</summary>
    Left = 3,

    /// <summary>不计数; see the reason.</summary>
    NotCounted = 4,
}

/// <summary>Why a friend does not count (U7; the numbers are stored).</summary>
public enum UncountedReason
{
    /// <summary>Nothing speaks against him.</summary>
    None = 0,

    /// <summary>The participant opened his own link.</summary>
    Self = 1,

    /// <summary>He was in a group of this code before he came.</summary>
    OldMember = 2,

    /// <summary>Somebody else invited him first.</summary>
    OtherInviter = 3,

    /// <summary>He himself invited, directly or through others, the one who invites him now.</summary>
    Ring = 4,

    /// <summary>He came, or joined, when the campaign was not running.</summary>
    Late = 5,

    /// <summary>An operator said no.</summary>
    Rejected = 6,

    /// <summary>His data were removed before anybody knew whether he joined.</summary>
    Withdrawn = 7,

    /// <summary>He counts already, by another phone or cookie of his.</summary>
    SamePerson = 8,
}

/// <summary>How a member of a group was found to be the visitor who scanned (the numbers are stored).</summary>
public enum JoinEvidence
{
    None = 0,

    /// <summary>The visitor is known to be this member from before. Certain.</summary>
    Identity = 1,

    /// <summary>The platform told through whose invitation he joined. Certain.</summary>
    Entrance = 2,

    /// <summary>He said the inviter's 口令 in the group. Certain.</summary>
    Said = 3,

    /// <summary>The same nickname, in the group he was shown, soon afterwards.</summary>
    Nickname = 4,

    /// <summary>In the group he was shown, soon afterwards, and nobody else fits.</summary>
    OnlyOne = 5,

    /// <summary>The same, but others fit as well.</summary>
    OneOfSeveral = 6,

    /// <summary>An operator confirmed it.</summary>
    Operator = 7,

    /// <summary>The group's platform and the 公众号 call him by the same unionid. Certain.</summary>
    UnionId = 8,
}
