namespace Huoma.Domain.Groups.Rules;

/// <summary>What became of a removal (the numbers are stored).</summary>
public enum KickOutcome
{
    /// <summary>The robot has been told.</summary>
    Pending = 1,
    Kicked = 2,
    Failed = 3,

    /// <summary>Perhaps; the list of members will show it.</summary>
    Unknown = 4,
}

/// <summary>踢人记录: who was removed for which keyword.</summary>
public sealed class KeywordHit : ITenantOwned
{
    public const int TextMaxLength = 200;
    public const int FailureMaxLength = 200;

    private KeywordHit()
    {
    }

    public KeywordHit(KeywordHitId id, Group group, string memberId, string name, string keyword, string text, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(text);
        Id = id;
        TenantId = group.TenantId;
        LiveCodeId = group.LiveCodeId;
        GroupId = group.Id;
        (MemberId, Name, Keyword, At) = (memberId, name, keyword, at);
        Text = text.Length > TextMaxLength ? text[..(TextMaxLength - 1)] + "…" : text;
    }

    public KeywordHitId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    public GroupId GroupId { get; private set; }

    public string MemberId { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Keyword { get; private set; } = "";

    /// <summary>What he wrote, or the beginning of it.</summary>
    public string Text { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public KickOutcome Outcome { get; private set; } = KickOutcome.Pending;

    /// <summary>Why it did not work, for people.</summary>
    public string? Failure { get; private set; }

    public void Ends(KickOutcome outcome, string? failure)
    {
        Outcome = outcome;
        Failure = failure is { Length: > FailureMaxLength } ? failure[..FailureMaxLength] : failure;
    }
}
