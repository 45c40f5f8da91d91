namespace Huoma.Domain.Notices;

/// <summary>Where notices go besides the console.</summary>
public enum NoticeChannelKind
{
    /// <summary>企业微信群机器人.</summary>
    Wecom = 1,

    /// <summary>钉钉群机器人.</summary>
    Dingtalk = 2,

    /// <summary>飞书群机器人.</summary>
    Feishu = 3,

    /// <summary>邮件, by SMTP.</summary>
    Email = 4,

    /// <summary>Any program, by Standard Webhooks.</summary>
    Webhook = 5,
}

/// <summary>通知渠道: a chat group, mailbox or program that notices are sent to. (渠道码 is something else.)</summary>
public sealed class NoticeChannel(NoticeChannelId id, TenantId tenantId, NoticeChannelKind kind, DateTimeOffset createdAt) : ITenantOwned
{
    public const int NameMaxLength = 30;

    /// <summary>Most channels of one tenant.</summary>
    public const int MaxPerTenant = 20;

    public NoticeChannelId Id { get; private set; } = id;

    public TenantId TenantId { get; private set; } = tenantId;

    public NoticeChannelKind Kind { get; private set; } = kind;

    public string Name { get; private set; } = "";

    public bool Enabled { get; private set; } = true;

    /// <summary>Addresses and secrets, sealed: whoever reads the database learns neither.</summary>
    public string Settings { get; private set; } = "";

    /// <summary>Which kinds of notices it gets, see <see cref="NoticeKinds"/>.</summary>
    public int Kinds { get; private set; } = NoticeKinds.MaskOf(NoticeKinds.All);

    /// <summary>免打扰时段 in minutes after midnight; both null when there is none.</summary>
    public int? QuietFrom { get; private set; }

    public int? QuietTo { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public QuietHours? Quiet => QuietFrom is { } from && QuietTo is { } to ? new QuietHours(from, to) : null;

    public static Refusal? CanBeAdded(int channels) => channels < MaxPerTenant
        ? null
        : new Refusal("notice-channel.too-many", $"最多 {MaxPerTenant} 个通知渠道，请先删除不用的");

    public void Rename(string name) => Name = name;

    public void Turn(bool enabled) => Enabled = enabled;

    /// <param name="settings">Sealed already.</param>
    public void LeadsTo(string settings) => Settings = settings;

    public Refusal? Takes(IReadOnlyCollection<NoticeKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds.Count == 0)
        {
            return new Refusal("notice-channel.no-kinds", "请至少选择一种通知，不想收到时可以停用渠道", "kinds");
        }

        Kinds = NoticeKinds.MaskOf(kinds);
        return null;
    }

    public Refusal? Rests(QuietHours? quiet)
    {
        if (quiet?.CanBeSet() is { } refusal)
        {
            return refusal;
        }

        QuietFrom = quiet?.From;
        QuietTo = quiet?.To;
        return null;
    }
}
