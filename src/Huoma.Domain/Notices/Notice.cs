namespace Huoma.Domain.Notices;

/// <summary>通知: one thing an operator is told, with the names and figures of the moment it was noticed.</summary>
public sealed record Notice
{
    public required NoticeId Id { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>Null when it is about no code.</summary>
    public required LiveCodeId? LiveCodeId { get; init; }

    /// <summary>Of the robot, when it is about one; empty when it is about the balance.</summary>
    public required string CodeName { get; init; }

    public SlotId? SlotId { get; init; }

    /// <summary>Of the group, when it is about one robots keep.</summary>
    public string? SlotName { get; init; }

    public RobotId? RobotId { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The slot's 有效期.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>即将过期: 48, 24 or 2.</summary>
    public int? HoursBefore { get; init; }

    /// <summary>剩余自动建群数量, when it is about that.</summary>
    public long? PlacesLeft { get; init; }

    /// <summary>按当前速度多久后用完, in minutes.</summary>
    public int? LastsMinutes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsUrgent => NoticeRules.IsUrgent(Kind, HoursBefore);

    public NoticeAbout About => NoticeKinds.AboutOf(Kind);

    /// <summary>Whether a new picture of one slot helps; otherwise a further group does.</summary>
    public bool IsAboutPicture => Kind is NoticeKind.SlotExpired or NoticeKind.SlotExpiring;
}
