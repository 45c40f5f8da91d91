using System.Globalization;

namespace Huoma.Domain.LiveCodes;

/// <summary>自动建群: what robots are to build for a code (F040–F043, F073, F085, F087).</summary>
/// <param name="Groups">群总数: how many robots make at first (D26); 0: none ever, all are groups of 企业微信 that people made. Stays.</param>
/// <param name="Theme">当前主题名称: what every group is called, before its number. Stays.</param>
/// <param name="FirstNumber">编号开始值. Stays.</param>
/// <param name="MemberThreshold">精准分流频率 of new groups, in real members (D4).</param>
/// <param name="Replenish">自动补群: another one when they are used up (D26).</param>
/// <param name="Blacklist">开启黑名单 (F073).</param>
public sealed record AutoBuild(int Groups, string Theme, int FirstNumber, int MemberThreshold, bool Replenish, bool Blacklist)
{
    /// <summary>Most groups made at first for one code.</summary>
    public const int MaxGroups = 100;

    /// <summary>群名称 with its number, in letters: what WeChat takes.</summary>
    public const int GroupNameMaxLength = 40;

    public const int MaxFirstNumber = 999_999;

    /// <summary>A WeChat group can be joined by its QR up to 200 members; ten percent are kept for who has the page open (F087).</summary>
    public const int MemberThresholdDefault = 180;

    /// <inheritdoc cref="MemberThresholdDefault"/>
    public const int MemberThresholdMax = 500;

    /// <summary>What a code that is built by hand has.</summary>
    public static readonly AutoBuild None = new(Groups: 0, Theme: "", FirstNumber: 0, MemberThresholdDefault, Replenish: true, Blacklist: false);

    /// <summary>The number after which the first allocation is complete.</summary>
    public int LastOfFirst => FirstNumber + Groups - 1;

    /// <summary>F043: 进群宝演示群2.</summary>
    public string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Theme}{number}");

    /// <summary>Says no to what can not be built.</summary>
    /// <param name="groupsLeft">剩余自动建群数量.</param>
    public Refusal? CanBeBuilt(long groupsLeft) => this switch
    {
        { Groups: < 0 or > MaxGroups } => new Refusal("live-code.auto-groups-out-of-range", $"群总数应为 0–{MaxGroups}", "auto.groups"),
        { FirstNumber: < 0 or > MaxFirstNumber } => new Refusal("live-code.auto-number-out-of-range", $"编号开始值应为 0–{MaxFirstNumber}", "auto.firstNumber"),
        _ when Groups > groupsLeft => new Refusal(
            "quota.not-enough",
            groupsLeft <= 0 ? "剩余自动建群数量为 0，请联系平台管理员增加" : $"剩余自动建群数量只有 {groupsLeft}，请减少群总数，或联系平台管理员增加",
            "auto.groups"),
        _ when LettersOf(NameOf(LastOfFirst)) > GroupNameMaxLength =>
            new Refusal("live-code.auto-theme-too-long", $"主题名称加上编号不能超过 {GroupNameMaxLength} 个字", "auto.theme"),
        _ => CanSwitchAt(MemberThreshold, "auto.memberThreshold"),
    };

    public static Refusal? CanSwitchAt(int memberThreshold, string field) => memberThreshold is >= 1 and <= MemberThresholdMax
        ? null
        : new Refusal("live-code.member-threshold-out-of-range", $"精准分流频率应为 1–{MemberThresholdMax} 人", field);

    private static int LettersOf(string name) => name.EnumerateRunes().Count();
}
