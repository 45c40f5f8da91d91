namespace Huoma.Domain.Campaigns;

/// <summary>A member who joined a group, as far as is known of him.</summary>
public sealed record JoinedMember(string MemberId, string Name, GroupId GroupId, DateTimeOffset At);

/// <summary>被邀请的好友: a visitor who came through a participant's invitation, and what became of him.</summary>
public sealed class Invitee : ITenantOwned
{
    public const int NameMaxLength = 64;

    private Invitee()
    {
    }

    /// <param name="reason">What spoke against him when he came.</param>
    public Invitee(InviteeId id, Participant inviter, long visitorId, DateTimeOffset scannedAt, UncountedReason reason)
    {
        ArgumentNullException.ThrowIfNull(inviter);
        Id = id;
        TenantId = inviter.TenantId;
        CampaignId = inviter.CampaignId;
        LiveCodeId = inviter.LiveCodeId;
        InviterId = inviter.Id;
        VisitorId = visitorId;
        ScannedAt = scannedAt;
        if (reason != UncountedReason.None)
        {
            DoesNotCount(reason);
        }
    }

    public InviteeId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public CampaignId CampaignId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    public ParticipantId InviterId { get; private set; }

    public long VisitorId { get; private set; }

    /// <summary>Null: nobody told us. Known once he signed in to WeChat's web login.</summary>
    public string? Nickname { get; private set; }

    public DateTimeOffset ScannedAt { get; private set; }

    public InviteeState State { get; private set; } = InviteeState.Pending;

    public UncountedReason Reason { get; private set; }

    /// <summary>The member he is, or may be as long as he is 待确认; null: none was found yet.</summary>
    public string? MemberId { get; private set; }

    public string? MemberName { get; private set; }

    public GroupId? GroupId { get; private set; }

    public DateTimeOffset? JoinedAt { get; private set; }

    public JoinEvidence Evidence { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Which operator decided; null: nobody had to.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When his personal data were removed; what he counted for stays.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>A member was found who may be he, and somebody has to say so.</summary>
    public bool IsToBeConfirmed => State == InviteeState.Pending && MemberId is not null;

    /// <summary>Perhaps it is he: 待确认 until he says the 口令, or an operator decides.</summary>
    public void MayBe(JoinedMember member, JoinEvidence evidence)
    {
        if (State == InviteeState.Pending)
        {
            Is(member, evidence);
        }
    }

    /// <summary>It is he.</summary>
    public void Joins(JoinedMember member, JoinEvidence evidence, DateTimeOffset now)
    {
        if (State == InviteeState.Pending)
        {
            Is(member, evidence);
            Confirm(now);
        }
    }

    /// <summary>The member who was taken for him is somebody else's friend.</summary>
    public void IsSomebodyElse()
    {
        if (IsToBeConfirmed)
        {
            (MemberId, MemberName, GroupId, JoinedAt, Evidence, LeftAt) = (null, null, null, null, JoinEvidence.None, null);
        }
    }

    public void DoesNotCount(UncountedReason reason)
    {
        State = InviteeState.NotCounted;
        Reason = reason;
    }

    /// <summary>The operator says that the member who was found is he; also when he had said no before.</summary>
    public Refusal? ConfirmBy(string actor, DateTimeOffset now)
    {
        if (RemovedAt is not null)
        {
            return new Refusal("invitee.removed", "这位好友的个人数据已删除，不能再改");
        }

        if (MemberId is null)
        {
            return new Refusal("invitee.not-joined", "还没有找到他的入群记录，不能确认");
        }

        if (State != InviteeState.Pending && Reason != UncountedReason.Rejected)
        {
            return new Refusal("invitee.decided", "这位好友已经有结果，无需确认");
        }

        Reason = UncountedReason.None;
        Evidence = JoinEvidence.Operator;
        DecidedBy = actor;
        Confirm(now);
        return null;
    }

    public Refusal? RejectBy(string actor)
    {
        if (State != InviteeState.Pending)
        {
            return new Refusal("invitee.decided", "这位好友已经有结果，不能再拒绝");
        }

        DecidedBy = actor;
        DoesNotCount(UncountedReason.Rejected);
        return null;
    }

    /// <summary>Two cookies, or two participations, turned out to be one person's.</summary>
    internal void BelongsTo(ParticipantId inviter, long visitorId) => (InviterId, VisitorId) = (inviter, visitorId);

    public void Leaves(DateTimeOffset at)
    {
        LeftAt ??= at;
        State = State == InviteeState.Valid ? InviteeState.Left : State;
    }

    /// <summary>He is in a group of the code again.</summary>
    public void Returns()
    {
        LeftAt = null;
        State = State == InviteeState.Left ? InviteeState.Valid : State;
    }

    /// <summary>
    /// His data go, the number he counts as stays (PIPL). Nobody can find out any more who a pending friend is, so that one counts for nothing.
    /// </summary>
    /// <param name="nobody">A visitor's number that nobody has.</param>
    /// <param name="mark">What tells the same member again without telling who he is, so that nobody counts twice by being forgotten.</param>
    public void IsForgotten(long nobody, string? mark, DateTimeOffset now)
    {
        if (State == InviteeState.Pending)
        {
            IsSomebodyElse();
            DoesNotCount(UncountedReason.Withdrawn);
        }

        VisitorId = nobody;
        Nickname = null;
        MemberName = null;
        MemberId = MemberId is null ? null : mark;
        RemovedAt ??= now;
    }

    private void Is(JoinedMember member, JoinEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(member);
        MemberId = member.MemberId;
        MemberName = member.Name.Length > NameMaxLength ? member.Name[..NameMaxLength] : member.Name;
        GroupId = member.GroupId;
        JoinedAt = member.At;
        Evidence = evidence;
        LeftAt = null;
    }

    private void Confirm(DateTimeOffset now)
    {
        ConfirmedAt = now;
        State = LeftAt is null ? InviteeState.Valid : InviteeState.Left;
    }
}

/// <summary>福利码: one of a stock; its text is kept sealed.</summary>
public sealed class RewardCode
{
    public const int MaxLength = 200;
    public const int MaxPerCampaign = 50_000;

    private RewardCode()
    {
    }
}
