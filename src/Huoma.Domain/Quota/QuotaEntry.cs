namespace Huoma.Domain.Quota;

/// <summary>剩余自动建群数量: one line of its ledger; the balance is their sum (D27). Never edited, never taken back.</summary>
public sealed class QuotaEntry : ITenantOwned
{
    /// <summary>Most groups granted at once.</summary>
    public const int MaxGrant = 100_000;

    public const int ReasonMaxLength = 100;

    private QuotaEntry()
    {
    }

    private QuotaEntry(QuotaEntryId id, TenantId tenantId, int groups, string reason, long? groupId, DateTimeOffset at)
    {
        Id = id;
        TenantId = tenantId;
        Groups = groups;
        Reason = reason;
        GroupId = groupId;
        At = at;
    }

    public QuotaEntryId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    /// <summary>Above 0: granted. -1: a group was made.</summary>
    public int Groups { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>The group that was made; each is charged once.</summary>
    public long? GroupId { get; private set; }

    /// <summary>Who granted it; null for what the program charged.</summary>
    public UserId? ActorId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static QuotaEntry Grant(QuotaEntryId id, TenantId tenantId, int groups, string reason, UserId? actor, DateTimeOffset at) =>
        new(id, tenantId, groups, reason, groupId: null, at) { ActorId = actor };

    /// <summary>Charged when a group was made, and only then (D27).</summary>
    public static QuotaEntry Charge(QuotaEntryId id, TenantId tenantId, long groupId, string groupName, DateTimeOffset at) =>
        new(id, tenantId, groups: -1, groupName, groupId, at);

    public static Refusal? CanBeGranted(int groups) => groups is >= 1 and <= MaxGrant
        ? null
        : new Refusal("quota.grant-out-of-range", $"增加的数量应为 1–{MaxGrant}", "groups");
}
