namespace Huoma.Domain.Groups;

/// <summary>入群来源 (the numbers are stored).</summary>
public enum MemberSource
{
    /// <summary>He was there when the group was made: the robot and its friends.</summary>
    Founding = 1,

    /// <summary>By the robot's QR or invitation.</summary>
    Robot = 2,

    /// <summary>By another member.</summary>
    Member = 3,

    Unknown = 4,
}

/// <summary>How somebody left (the numbers are stored).</summary>
public enum Leaving
{
    Left = 1,
    Kicked = 2,
    Unknown = 3,
}

/// <summary>群成员 as somebody told of him.</summary>
/// <param name="Alias">群昵称.</param>
/// <param name="JoinedAt">When he joined, where the platform tells; null: when we learnt of it.</param>
/// <param name="Source">How he joined, where the platform tells for each.</param>
/// <param name="UnionId">What the platform calls him everywhere; of 企业微信 only.</param>
/// <param name="JoinState">What the QR carried by which he joined; of 企业微信 only.</param>
public sealed record MemberSeen(
    string Id, string Name, string? Alias = null, string? Avatar = null, string? InviterId = null,
    DateTimeOffset? JoinedAt = null, MemberSource? Source = null, string? UnionId = null, string? JoinState = null);

/// <summary>群成员, those who left included (F089).</summary>
public sealed class GroupMember : ITenantOwned
{
    public const int NameMaxLength = 64;
    public const int AvatarMaxLength = 500;

    private GroupMember()
    {
    }

    public GroupMember(Group group, MemberSeen seen, MemberSource source, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(seen);
        GroupId = group.Id;
        TenantId = group.TenantId;
        LiveCodeId = group.LiveCodeId;
        MemberId = seen.Id;
        Joins(seen, source, at);
    }

    public GroupId GroupId { get; private set; }

    /// <summary>What the platform calls him.</summary>
    public string MemberId { get; private set; } = "";

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Alias { get; private set; }

    public string? Avatar { get; private set; }

    public string? InviterId { get; private set; }

    public MemberSource Source { get; private set; }

    /// <inheritdoc cref="MemberSeen.UnionId"/>
    public string? UnionId { get; private set; }

    /// <inheritdoc cref="MemberSeen.JoinState"/>
    public string? JoinState { get; private set; }

    /// <summary>The last time he joined.</summary>
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>The first time; null for somebody who was there from the beginning.</summary>
    public DateTimeOffset? FirstJoinedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    public Leaving? LeftHow { get; private set; }

    /// <summary>When this was known to be true; older news do not change it.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    public bool IsIn => LeftAt is null;

    public void Joins(MemberSeen seen, MemberSource source, DateTimeOffset at)
    {
        IsCalled(seen, at);
        InviterId = seen.InviterId;
        JoinState = seen.JoinState;

        // What a QR of ours brought is never taken for a founder; of the others who were there first, nothing more is known.
        Source = seen.Source is { } told && (source != MemberSource.Founding || told == MemberSource.Robot) ? told : source;
        JoinedAt = seen.JoinedAt ?? at;
        FirstJoinedAt ??= Source == MemberSource.Founding ? null : JoinedAt;
        LeftAt = null;
        LeftHow = null;
    }

    public void IsCalled(MemberSeen seen, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(seen);
        Name = Cut(seen.Name, NameMaxLength);
        Alias = seen.Alias is { Length: > 0 } alias ? Cut(alias, NameMaxLength) : null;
        Avatar = seen.Avatar is { Length: > 0 and <= AvatarMaxLength } avatar ? avatar : null;
        UnionId = seen.UnionId ?? UnionId;
        SeenAt = at;
    }

    public void Leaves(Leaving how, DateTimeOffset at)
    {
        LeftAt = at;
        LeftHow = how;
        SeenAt = at;
    }

    /// <summary>Whether he was removed or left after that moment, though he may have joined again.</summary>
    public bool HasLeftSince(DateTimeOffset at) => JoinedAt > at || (!IsIn && SeenAt >= at);

    public bool IsCalledLike(MemberSeen seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return Name == Cut(seen.Name, NameMaxLength) && (Alias ?? "") == Cut(seen.Alias ?? "", NameMaxLength)
            && Avatar == (seen.Avatar is { Length: > 0 and <= AvatarMaxLength } avatar ? avatar : null);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
