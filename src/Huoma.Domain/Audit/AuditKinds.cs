namespace Huoma.Domain.Audit;

/// <summary>What kind of thing was changed.</summary>
public enum AuditSubject
{
    LiveCode = 1,
    Slot = 2,
    User = 3,

    /// <summary>渠道码.</summary>
    Channel = 4,

    /// <summary>通知渠道.</summary>
    NoticeChannel = 5,

    /// <summary>机器人.</summary>
    Robot = 6,

    /// <summary>群 that robots keep.</summary>
    Group = 7,

    /// <summary>黑名单 of a code.</summary>
    Blacklist = 8,

    /// <summary>剩余自动建群数量.</summary>
    Quota = 9,

    /// <summary>群规则 of a code.</summary>
    GroupRules = 16,

    /// <summary>群公告.</summary>
    Announcement = 17,

    /// <summary>任务宝任务, and the friends invited in it.</summary>
    Campaign = 20,

    /// <summary>公众号: its 域名校验文件.</summary>
    OfficialAccount = 24,
}

/// <summary>What happened to it.</summary>
public enum AuditAction
{
    Created = 1,
    Edited = 2,
    Deleted = 3,
    Restored = 4,

    /// <summary>A new round, another picture, or both (D17).</summary>
    PictureReplaced = 5,

    /// <summary>The slots of a code were put into another order (D6).</summary>
    Reordered = 6,
    PasswordChanged = 7,

    /// <summary>Left the recycle bin for good.</summary>
    Purged = 8,

    /// <summary>A robot was given another token; the one before is void.</summary>
    TokenReplaced = 9,

    /// <summary>重试 of a group that could not be made.</summary>
    Retried = 10,

    /// <summary>同步群名: a robot was told to rename the real group.</summary>
    NameSynced = 11,

    /// <summary>踢人: a robot was told to remove members.</summary>
    Kicked = 12,
}

/// <summary>How it came about: one thing edited, several at once (批量), or an earlier change taken back (撤销).</summary>
public enum AuditWay
{
    Direct = 1,
    Bulk = 2,
    Undo = 3,
}
