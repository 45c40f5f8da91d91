using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Groups.Rules;

/// <summary>群公告: sent at once to all groups of a code (F100). Never edited.</summary>
public sealed class Announcement : ITenantOwned
{
    public const int TextMaxLength = 1_000;
    public const int MaxAttachments = 2;

    private Announcement()
    {
    }

    public Announcement(AnnouncementId id, LiveCode liveCode, string text, bool atAll, IReadOnlyList<GroupPost> attachments)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        (Text, AtAll, Attachments) = (text, atAll, attachments);
    }

    public AnnouncementId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>@所有人: as a 群公告, which only the owner of a group can make. Otherwise it is a message like any other.</summary>
    public bool AtAll { get; private set; }

    public IReadOnlyList<GroupPost> Attachments { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>What he was called then.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>How many messages it is in each group.</summary>
    public int Messages => 1 + Attachments.Count;

    public void IsMade(DateTimeOffset at, string by) => (CreatedAt, CreatedBy) = (at, by);

    /// <summary>What is to be sent after so many of its messages. Null: nothing.</summary>
    public AnnouncementStep? NextAfter(int sent)
    {
        if (sent >= Messages)
        {
            return null;
        }

        return sent == 0 && AtAll
            ? new AnnouncementStep.Announce(Text)
            : new AnnouncementStep.Send([.. Attachments.Prepend(new GroupPost(PostKind.Text, Text)).Skip(sent)]);
    }
}

/// <summary>One command of an announcement for one group.</summary>
public abstract record AnnouncementStep
{
    private AnnouncementStep()
    {
    }

    public sealed record Announce(string Text) : AnnouncementStep;

    public sealed record Send(IReadOnlyList<GroupPost> Posts) : AnnouncementStep;
}

/// <summary>How far an announcement has come in a group (the numbers are stored).</summary>
public enum AnnouncementState
{
    Waiting = 1,
    Sent = 2,
    Failed = 3,

    /// <summary>Perhaps it was sent: people look, nothing repeats it.</summary>
    Unknown = 4,
}

/// <summary>An announcement on its way to one group.</summary>
public sealed class AnnouncementDelivery : ITenantOwned
{
    public const int FailureMaxLength = 200;

    private AnnouncementDelivery()
    {
    }

    public AnnouncementDelivery(AnnouncementDeliveryId id, Announcement announcement, Group group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        ArgumentNullException.ThrowIfNull(group);
        Id = id;
        TenantId = announcement.TenantId;
        AnnouncementId = announcement.Id;
        GroupId = group.Id;
        GroupName = group.RealName ?? group.Name;
        ChangedAt = now;
    }

    public AnnouncementDeliveryId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public AnnouncementId AnnouncementId { get; private set; }

    public GroupId GroupId { get; private set; }

    /// <summary>What the group was called then.</summary>
    public string GroupName { get; private set; } = "";

    public AnnouncementState State { get; private set; } = AnnouncementState.Waiting;

    /// <summary>How many of its messages are in the group.</summary>
    public int Sent { get; private set; }

    /// <summary>Why it failed, with what to do, for people.</summary>
    public string? Failure { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>So many more messages of it are in the group.</summary>
    public void Advances(int messages, Announcement announcement, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        Sent = Math.Clamp(Sent + messages, 0, announcement.Messages);
        ChangedAt = now;
        if (Sent == announcement.Messages)
        {
            (State, Failure) = (AnnouncementState.Sent, null);
        }
    }

    public void Fails(string failure, DateTimeOffset now)
    {
        State = AnnouncementState.Failed;
        Failure = failure.Length > FailureMaxLength ? failure[..FailureMaxLength] : failure;
        ChangedAt = now;
    }

    public void IsUnknown(string failure, DateTimeOffset now)
    {
        Fails(failure, now);
        State = AnnouncementState.Unknown;
    }

    /// <summary>重试: goes on where it stopped. False when it has not failed.</summary>
    public bool TriesAgain(DateTimeOffset now)
    {
        if (State != AnnouncementState.Failed)
        {
            return false;
        }

        (State, Failure, ChangedAt) = (AnnouncementState.Waiting, null, now);
        return true;
    }
}
