namespace Huoma.Domain.Audit;

/// <summary>修改记录: one change, by whom and when. Written with the change itself, never edited.</summary>
public sealed class AuditEntry : ITenantOwned
{
    private AuditEntry()
    {
    }

    public AuditEntry(AuditEntryId id, TenantId tenantId, AuditSubject subject, long subjectId, string subjectName, AuditAction action, DateTimeOffset at)
    {
        Id = id;
        TenantId = tenantId;
        Subject = subject;
        SubjectId = subjectId;
        SubjectName = subjectName;
        Action = action;
        At = at;
    }

    public AuditEntryId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    /// <summary>The code that was changed, or whose slot was; null for what belongs to no code.</summary>
    public LiveCodeId? LiveCodeId { get; private set; }

    /// <summary>What that code was called then.</summary>
    public string? LiveCodeName { get; private set; }

    /// <summary>The code's version after the change, which puts its entries in order; 0 without a code.</summary>
    public long Version { get; private set; }

    public AuditSubject Subject { get; private set; }

    public long SubjectId { get; private set; }

    /// <summary>What it was called then.</summary>
    public string SubjectName { get; private set; } = "";

    public AuditAction Action { get; private set; }

    public AuditWay Way { get; private set; } = AuditWay.Direct;

    /// <summary>The changed fields as JSON: <c>[{"field":"name","old":"…","new":"…"}]</c>. Never a password, hash or token.</summary>
    public string Changes { get; private set; } = "[]";

    /// <summary>Null when no user did it, but the program or a link.</summary>
    public UserId? ActorId { get; private set; }

    /// <summary>What the user was called then, or the name of the machine actor, such as 系统.</summary>
    public string ActorName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public void BelongsTo(LiveCodeId liveCodeId, string liveCodeName, long version)
    {
        LiveCodeId = liveCodeId;
        LiveCodeName = liveCodeName;
        Version = version;
    }

    public void Tells(string changes, AuditWay way)
    {
        Changes = changes;
        Way = way;
    }

    public void IsBy(UserId? actorId, string actorName)
    {
        ActorId = actorId;
        ActorName = actorName;
    }
}
