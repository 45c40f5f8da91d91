namespace Huoma.Domain.Robots;

/// <summary>机器人: an account that makes and looks after groups for us: through a gateway that dials in, or by the API of 企业微信.</summary>
public sealed class Robot : ITenantOwned
{
    public const int NameMaxLength = 30;

    /// <summary>Most robots of one tenant.</summary>
    public const int MaxPerTenant = 50;

    /// <summary>A group begins with the robot and at least two of its friends.</summary>
    public const int MinSeeds = 2;

    public const int MaxSeeds = 20;

    /// <summary>Longest id of a person or a group.</summary>
    public const int PlatformIdMaxLength = 128;

    private Robot()
    {
    }

    public Robot(RobotId id, TenantId tenantId, RobotDriver driver, string name, DateTimeOffset createdAt)
    {
        Id = id;
        TenantId = tenantId;
        Driver = driver;
        Name = name;
        Enabled = !IsRisky;
        CreatedAt = createdAt;
    }

    public RobotId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public RobotDriver Driver { get; private set; }

    /// <summary>For the console only.</summary>
    public string Name { get; private set; } = "";

    /// <summary>A disabled robot is told nothing but to stop; what it reports is still taken.</summary>
    public bool Enabled { get; private set; }

    /// <summary>Somebody started it and nobody stopped it since: it is started again when its gateway comes back.</summary>
    public bool ShouldRun { get; private set; }

    /// <summary>SHA-256 of the gateway's token; null when none is good.</summary>
    public string? TokenHash { get; private set; }

    /// <summary>Of simulators only: the token, sealed, for the simulator within this program.</summary>
    public string? SealedToken { get; private set; }

    /// <summary>企业 ID, of 企业微信 only.</summary>
    public string? CorpId { get; private set; }

    /// <summary>Of 企业微信 only: the secrets of its 自建应用, sealed together.</summary>
    public string? SealedApp { get; private set; }

    /// <summary>When somebody took note that the account may be banned; null: nobody yet.</summary>
    public DateTimeOffset? RiskAcceptedAt { get; private set; }

    public UserId? RiskAcceptedById { get; private set; }

    /// <summary>What he was called then.</summary>
    public string? RiskAcceptedBy { get; private set; }

    /// <summary>种子好友: with whom its groups begin. Empty until they are chosen.</summary>
    public IReadOnlyList<string> SeedIds { get; private set; } = [];

    public RobotLimits Limits { get; private set; } = RobotLimits.Default;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Null: it is there. A deleted one stays for what refers to it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The platforms forbid it for personal accounts, and ban some.</summary>
    public bool IsRisky => Driver == RobotDriver.Gateway;

    public static Refusal? CanBeAdded(int robots) =>
        robots < MaxPerTenant ? null : new Refusal("robot.too-many", $"最多 {MaxPerTenant} 个机器人，请先删除不用的");

    public void Rename(string name) => Name = name;

    public void AcceptRisk(UserId? byId, string by, DateTimeOffset now)
    {
        if (RiskAcceptedAt is null)
        {
            (RiskAcceptedAt, RiskAcceptedById, RiskAcceptedBy) = (now, byId, by);
        }
    }

    public Refusal? Turn(bool enabled)
    {
        if (enabled && IsRisky && RiskAcceptedAt is null)
        {
            return new Refusal("robot.risk-not-accepted", "请先阅读并确认个人号被限制或封号的风险，再启用机器人", "riskAccepted");
        }

        Enabled = enabled;
        return null;
    }

    public void TakesToken(string hash, string? sealedToken)
    {
        TokenHash = hash;
        SealedToken = sealedToken;
    }

    /// <summary>Speaks for a corporation through its 自建应用. No gateway dials in: the token's hash only tells one set of secrets from the next.</summary>
    public void Uses(string corpId, string sealedApp, string hash)
    {
        (CorpId, SealedApp, TokenHash) = (corpId, sealedApp, hash);
    }

    public Refusal? CanBeAsked() => Enabled ? null : new Refusal("robot.disabled", "机器人已停用，请先启用");

    /// <summary>By 启动 and 停止.</summary>
    public Refusal? Run(bool shouldRun)
    {
        if (shouldRun && CanBeAsked() is { } refusal)
        {
            return refusal;
        }

        ShouldRun = shouldRun;
        return null;
    }

    /// <summary>None, or at least <see cref="MinSeeds"/>.</summary>
    public Refusal? BeginsWith(IReadOnlyCollection<string> seedIds)
    {
        ArgumentNullException.ThrowIfNull(seedIds);
        List<string> seeds = [.. seedIds.Distinct(StringComparer.Ordinal)];
        if (seeds.Count is > 0 and < MinSeeds or > MaxSeeds)
        {
            return new Refusal("robot.seeds", $"请选择 {MinSeeds} 到 {MaxSeeds} 位好友作为种子好友，建群时要拉上他们", "seedIds");
        }

        SeedIds = seeds;
        return null;
    }

    public void KeepsTo(RobotLimits limits) => Limits = limits;

    public void Delete(DateTimeOffset now)
    {
        DeletedAt ??= now;
        Enabled = false;
        ShouldRun = false;
        TokenHash = null;
        SealedToken = null;
        SealedApp = null;
    }
}
