using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Groups;

/// <summary>How somebody came onto a blacklist (the numbers are stored).</summary>
public enum BlacklistReason
{
    /// <summary>踢人 at the console (F090).</summary>
    Kicked = 1,

    /// <summary>Put there by hand.</summary>
    Added = 2,

    /// <summary>导入用户黑名单: from the other codes of the tenant (F112).</summary>
    Imported = 3,

    /// <summary>同步活动黑名单: from one code to the others (F113).</summary>
    Synced = 4,
}

/// <summary>黑名单: somebody who is not to be in any group of a code, as long as the code has its blacklist switched on (F110).</summary>
public sealed class BlacklistEntry : ITenantOwned
{
    public const int MemberIdMaxLength = 128;

    /// <summary>Most entries of one code.</summary>
    public const int MaxPerLiveCode = 10_000;

    private BlacklistEntry()
    {
    }

    public BlacklistEntry(BlacklistEntryId id, LiveCode liveCode, string memberId, string name, BlacklistReason reason, DateTimeOffset addedAt)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        ArgumentNullException.ThrowIfNull(name);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        MemberId = memberId;
        Name = name.Length > GroupMember.NameMaxLength ? name[..GroupMember.NameMaxLength] : name;
        Reason = reason;
        AddedAt = addedAt;
    }

    public BlacklistEntryId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    /// <summary>What the platform calls him; once in each list.</summary>
    public string MemberId { get; private set; } = "";

    /// <summary>What he was called when he was put there.</summary>
    public string Name { get; private set; } = "";

    public BlacklistReason Reason { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>For codes whose groups robots keep: nobody else learns who joins.</summary>
    public static Refusal? CanBeKept(LiveCode liveCode)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        return liveCode.Building == Building.Auto ? null : new Refusal("blacklist.not-auto", "手动建群的活码没有黑名单，只有自动建群才有");
    }

    public static Refusal? CanAdd(int present, int added) => present + added <= MaxPerLiveCode
        ? null
        : new Refusal("blacklist.too-many", $"一个活码的黑名单最多 {MaxPerLiveCode} 人，请先移除不需要的");
}
