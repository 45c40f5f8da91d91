using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Campaigns;

/// <summary>任务宝任务: who brings enough friends into the groups of one code earns a reward (D19–D23).</summary>
public sealed class FissionCampaign : ITenantOwned
{
    public const int NameMaxLength = 30;
    public const int DescriptionMaxLength = 60;
    public const int GoalMax = 100;
    public const int RewardUrlMaxLength = 1_000;
    public const int KeyLength = 10;

    private FissionCampaign()
    {
    }

    public FissionCampaign(CampaignId id, LiveCode liveCode, string key, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        Key = key;
        CreatedAt = createdAt;
    }

    public CampaignId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    /// <summary>The code whose groups are to grow; never another (D19).</summary>
    public LiveCodeId LiveCodeId { get; private set; }

    /// <summary>The random part of its addresses <c>/t/{key}</c>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>任务名称, on the progress page (F183).</summary>
    public string Name { get; private set; } = "";

    /// <summary>裂变说明 (F187).</summary>
    public string Description { get; private set; } = "";

    /// <summary>用户任务: how many friends (F184).</summary>
    public int Goal { get; private set; }

    public ImageId PosterImageId { get; private set; }

    public PosterLayout Layout { get; private set; } = new(new QrBox(0, 0, PosterLayout.LeastQr));

    public RewardKind RewardKind { get; private set; }

    /// <summary>福利链接; null with a stock of codes. Nothing of it leaves the server before the goal is reached.</summary>
    public string? RewardUrl { get; private set; }

    /// <summary>退群后扣减 (D21).</summary>
    public bool DeductsLeavers { get; private set; }

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    /// <summary>Null: until somebody ends it.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>When the last 福利码 was taken; new codes take it back.</summary>
    public DateTimeOffset? OutOfStockAt { get; private set; }

    /// <summary>Grows with every edit; open forms and drawn posters compare it.</summary>
    public long Version { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Why a code can not carry a campaign; null when it can (D19).</summary>
    public static Refusal? CanCarry(LiveCode liveCode)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        return liveCode switch
        {
            { Kind: LiveCodeKind.Card } => new Refusal("campaign.code-is-card", "名片码没有群，不能用于任务宝", "codeId"),
            { Building: Building.Manual } => new Refusal("campaign.code-is-manual", "手动建群的活码无法核对谁进了群，任务宝只支持自动建群的活码", "codeId"),
            { DeletedAt: not null } => new Refusal("campaign.code-deleted", "这个活码已被删除，请另选一个", "codeId"),
            { Status: LiveCodeStatus.Off } => new Refusal("campaign.code-off", "这个活码已关闭，请先开启", "codeId"),
            _ => null,
        };
    }

    public CampaignStatus StatusAt(DateTimeOffset now) => this switch
    {
        _ when OutOfStockAt <= now || EndsAt <= now => CampaignStatus.Ended,
        _ when StartsAt > now => CampaignStatus.NotBegun,
        { IsPaused: true } => CampaignStatus.Paused,
        _ => CampaignStatus.Running,
    };

    /// <summary>An open form was filled in from <paramref name="version"/>.</summary>
    public Refusal? IsStill(long? version) => version is null || version == Version
        ? null
        : new Refusal("campaign.changed-meanwhile", "这个任务刚刚被其他人修改过，请刷新后再改");

    public void Describe(string name, string description)
    {
        Name = name;
        Description = description;
        Version++;
    }

    public void Aims(int goal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(goal, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(goal, GoalMax);
        Goal = goal;
        Version++;
    }

    public Refusal? Shows(ImageId posterImageId, int width, int height, PosterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if ((PosterRules.CanBePoster(width, height) ?? layout.FitsOn(width, height)) is { } refusal)
        {
            return refusal;
        }

        PosterImageId = posterImageId;
        Layout = layout;
        Version++;
        return null;
    }

    /// <param name="isClaimed">Somebody has had a reward already: the kind stays what it is.</param>
    public Refusal? Rewards(RewardKind kind, string? url, bool isClaimed)
    {
        if (isClaimed && kind != RewardKind)
        {
            return new Refusal("campaign.reward-claimed", "已经有人领取了福利，不能再换福利的类型", "reward.kind");
        }

        if (kind != RewardKind.Codes && !IsWebAddress(url))
        {
            return new Refusal("campaign.reward-url", "请填写 http:// 或 https:// 开头的福利链接", "reward.url");
        }

        RewardKind = kind;
        RewardUrl = kind == RewardKind.Codes ? null : url;
        Version++;
        return null;
    }

    public Refusal? Lasts(DateTimeOffset? startsAt, DateTimeOffset? endsAt)
    {
        if (startsAt >= endsAt)
        {
            return new Refusal("campaign.ends-before-start", "结束时间要晚于开始时间", "endsAt");
        }

        StartsAt = startsAt;
        EndsAt = endsAt;
        Version++;
        return null;
    }

    public void Pauses(bool paused)
    {
        IsPaused = paused;
        Version++;
    }

    public void Deducts(bool deducts)
    {
        DeductsLeavers = deducts;
        Version++;
    }

    /// <summary>New 福利码 came in.</summary>
    public void Restocks()
    {
        OutOfStockAt = null;
        Version++;
    }

    private static bool IsWebAddress(string? url) =>
        url is { Length: <= RewardUrlMaxLength } && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0;
}
