using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Channels;

/// <summary>渠道码: one more entrance to a live code, with its own address and its own figures; the slots are the code's (F160–F169).</summary>
public sealed class ChannelCode : ITenantOwned
{
    public const int NameMaxLength = 30;
    public const int RemarkMaxLength = 50;

    /// <summary>Most channels that are made at once, and most a code may have.</summary>
    public const int MaxAtOnce = 100;

    /// <inheritdoc cref="MaxAtOnce"/>
    public const int MaxPerLiveCode = 1_000;

    private ChannelCode()
    {
    }

    public ChannelCode(ChannelId id, LiveCode liveCode, string key, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        Key = key;
        CreatedAt = createdAt;
    }

    public ChannelId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    /// <summary>The random part of its address <c>/q/{key}</c>; never changes, never used again, works for ever.</summary>
    public string Key { get; private set; } = "";

    /// <summary>渠道名称 (F162).</summary>
    public string Name { get; private set; } = "";

    /// <summary>备注, for the console only (F163).</summary>
    public string Remark { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>归档: hidden from lists; its printed QR goes on working (D28). Null: in use.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    public void Describe(string name, string remark)
    {
        Name = name;
        Remark = remark;
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void TakeOut() => ArchivedAt = null;
}
