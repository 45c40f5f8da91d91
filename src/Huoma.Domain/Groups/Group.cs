using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Groups;

/// <summary>What has become of a group (the numbers are stored).</summary>
public enum GroupStage
{
    /// <summary>建群中.</summary>
    Creating = 1,

    /// <summary>Made; its QR may still be on its way.</summary>
    Made = 2,

    /// <summary>建群失败: nothing was charged; it can be tried again.</summary>
    Failed = 3,

    /// <summary>Nobody knows whether it was made: the robot went away in the middle. Decided by looking at its groups.</summary>
    Unknown = 4,

    /// <summary>已解散, or the robot is no longer in it.</summary>
    Dismissed = 5,
}

/// <summary>群: a WeChat group a robot made (or, with 企业微信, people made) for a code and keeps (F040–F044, F084–F091). Its QR is shown by a slot once there is one.</summary>
public sealed class Group : ITenantOwned
{
    public const int FailureMaxLength = 200;

    private Group()
    {
    }

    public Group(GroupId id, LiveCode liveCode, int number, RobotId robotId, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        Number = number;
        Name = liveCode.Auto.NameOf(number);
        MemberThreshold = liveCode.Auto.MemberThreshold;
        RobotId = robotId;
        CreatedAt = createdAt;
    }

    public GroupId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    /// <summary>编号, never given twice within a code.</summary>
    public int Number { get; private set; }

    /// <summary>Made by people in 企业微信 and put under the code; nobody was charged for it, and its name is theirs.</summary>
    public bool Linked { get; private set; }

    /// <summary>群名称 as it should be; the real one follows by 同步群名 (F086, F088).</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is really called, as its robot told last; null before that.</summary>
    public string? RealName { get; private set; }

    public RobotId RobotId { get; private set; }

    /// <summary>What the robot's platform calls it; null until it was made.</summary>
    public string? RoomId { get; private set; }

    /// <summary>Shows its QR; null until there is a first one.</summary>
    public SlotId? SlotId { get; private set; }

    public GroupStage Stage { get; private set; } = GroupStage.Creating;

    /// <summary>Why it failed, for people.</summary>
    public string? Failure { get; private set; }

    /// <summary>When it failed, this time.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>群人数, robots included, as told last.</summary>
    public int Members { get; private set; }

    /// <summary>精准分流频率 (F087).</summary>
    public int MemberThreshold { get; private set; }

    /// <summary>Reached its threshold once: without 循环利用群 it is never shown to new visitors again (D15).</summary>
    public bool Retired { get; private set; }

    public DateTimeOffset? QrIssuedAt { get; private set; }

    public DateTimeOffset? QrExpiresAt { get; private set; }

    /// <summary>When its member list was compared last.</summary>
    public DateTimeOffset? ComparedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>群主, as its robot told last; null before that, and when the platform does not tell.</summary>
    public string? OwnerId { get; private set; }

    /// <summary>群管理员, as far as the platform tells.</summary>
    public IReadOnlyList<string> AdminIds { get; private set; } = [];

    /// <summary>How many more members it takes now.</summary>
    public int Room => Stage != GroupStage.Made || Retired ? 0 : Math.Max(0, MemberThreshold - Members);

    /// <param name="isNamed">False when the platform made it but did not take the name.</param>
    public void IsMade(string roomId, bool isNamed)
    {
        RoomId = roomId;
        RealName = isNamed ? Name : null;
        Stage = GroupStage.Made;
        Failure = null;
    }

    /// <summary>添加企业微信群: it is there already, under a name that only people change.</summary>
    public void IsLinked(string roomId, string name)
    {
        Linked = true;
        IsMade(roomId, isNamed: false);
        IsCalled(name);
    }

    /// <summary>移除: the group goes on in 企业微信, but not under this code. Free to be put under another.</summary>
    public Refusal? CanBeUnlinked() => Linked && Stage == GroupStage.Made
        ? null
        : new Refusal("group.not-linked", "只有添加进来的企业微信群可以移除");

    public void IsUnlinked()
    {
        RoomId = null;
        IsDismissed();
    }

    public void Fails(string failure, DateTimeOffset at)
    {
        FailedAt = at;
        Stage = GroupStage.Failed;
        Failure = failure.Length > FailureMaxLength ? failure[..FailureMaxLength] : failure;
    }

    public void IsUnknown() => Stage = GroupStage.Unknown;

    public void IsDismissed() => Stage = GroupStage.Dismissed;

    /// <summary>重试: by the same robot or another. Not while nobody knows yet whether it was made.</summary>
    public Refusal? TriesAgain(RobotId robotId)
    {
        if (Stage != GroupStage.Failed)
        {
            return new Refusal("group.not-failed", "这个群没有失败，无需重试");
        }

        RobotId = robotId;
        Stage = GroupStage.Creating;
        Failure = null;
        return null;
    }

    public void IsCalled(string realName)
    {
        RealName = realName;
        if (Linked)
        {
            Name = realName;
        }
    }

    public Refusal? Renames(string name)
    {
        if (Linked && name != Name)
        {
            return new Refusal("group.linked-name", "企业微信群只能在企业微信里改名，改好后这里会自动更新", "name");
        }

        Name = name;
        return null;
    }

    public Refusal? SwitchesAt(int memberThreshold, bool recycle)
    {
        if (AutoBuild.CanSwitchAt(memberThreshold, "memberThreshold") is { } refusal)
        {
            return refusal;
        }

        // Raising it makes an earlier group eligible again, as it does with slots (D6).
        Retired = Retired && memberThreshold <= MemberThreshold;
        MemberThreshold = memberThreshold;
        Has(Members, recycle);
        return null;
    }

    /// <summary>The robot told how many are in it.</summary>
    /// <param name="recycle">循环利用群: who left makes room again (D15).</param>
    public void Has(int members, bool recycle)
    {
        Members = members;
        Retired = !recycle && (Retired || members >= MemberThreshold);
    }

    public void IsLedBy(string? ownerId, IReadOnlyList<string>? adminIds)
    {
        OwnerId = ownerId ?? OwnerId;
        AdminIds = adminIds ?? AdminIds;
    }

    public void IsCompared(DateTimeOffset at) => ComparedAt = at;

    /// <param name="expiresAt"><see cref="Slot.Never"/> when it lasts.</param>
    public void Shows(SlotId slotId, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        SlotId = slotId;
        QrIssuedAt = issuedAt;
        QrExpiresAt = expiresAt;
    }
}
