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

    /// <summary>Archived ones count too, for their addresses go on working.</summary>
    public static Refusal? CanAdd(int present, int added) => present + added <= MaxPerLiveCode
        ? null
        : new Refusal(
            "channel.too-many",
            present < MaxPerLiveCode
                ? $"一个活码最多 {MaxPerLiveCode} 个渠道码（含已归档的），现在只能再添加 {MaxPerLiveCode - present} 个"
                : $"这个活码的渠道码已满 {MaxPerLiveCode} 个（含已归档的），请编辑已有的渠道码，或另建一个活码");

    /// <summary>No two channels in use of one code have the same name: nobody could tell their figures apart.</summary>
    public static Refusal NameTaken(string name) =>
        new("channel.name-taken", $"这个活码已有名为「{name}」的渠道码，请换一个名称", "name");

    public void Describe(string name, string remark)
    {
        Name = name;
        Remark = remark;
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void TakeOut() => ArchivedAt = null;
}
