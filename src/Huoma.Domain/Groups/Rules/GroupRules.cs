using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Groups.Rules;

/// <summary>入群欢迎语 (F102–F104).</summary>
/// <param name="Messages">At most <see cref="MaxMessages"/>, in the order in which they are sent.</param>
public sealed record WelcomeMessage(bool Enabled, int IntervalSeconds, IReadOnlyList<GroupPost> Messages)
{
    public const int MaxMessages = 3;

    public static readonly WelcomeMessage None = new(Enabled: false, ReplyRules.IntervalDefault, []);
}

/// <summary>图片提醒 (F105): what is answered to a picture.</summary>
public sealed record ImageReminder(bool Enabled, int IntervalSeconds, string Text)
{
    public static readonly ImageReminder None = new(Enabled: false, ReplyRules.IntervalDefault, "");
}

/// <summary>群规则 of a code: what its robots do by themselves in every group of it.</summary>
public sealed class GroupRules : ITenantOwned
{
    /// <summary>Most 工作人员 a code names.</summary>
    public const int MaxStaff = 200;

    private GroupRules()
    {
    }

    public GroupRules(LiveCode liveCode, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        LiveCodeId = liveCode.Id;
        TenantId = liveCode.TenantId;
        KeywordsSince = now;
    }

    public LiveCodeId LiveCodeId { get; private set; }

    public TenantId TenantId { get; private set; }

    public WelcomeMessage Welcome { get; private set; } = WelcomeMessage.None;

    public ImageReminder ImageReminder { get; private set; } = ImageReminder.None;

    public KeywordKick KeywordKick { get; private set; } = KeywordKick.None;

    /// <summary>Nobody is removed for what he wrote before these keywords were there.</summary>
    public DateTimeOffset KeywordsSince { get; private set; }

    /// <summary>工作人员: members nobody removes and nobody reminds, besides the robots' own friends.</summary>
    public IReadOnlyList<string> StaffIds { get; private set; } = [];

    /// <summary>For codes whose groups robots keep: nobody else can do any of it.</summary>
    public static Refusal? CanBeKept(LiveCode liveCode)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        return liveCode.Building == Building.Auto ? null : new Refusal("rules.not-auto", "手动建群的活码没有机器人，不能设置群规则和群公告");
    }

    public Refusal? Become(WelcomeMessage welcome, ImageReminder imageReminder, KeywordKick keywordKick, IReadOnlyList<string>? staffIds, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(welcome);
        ArgumentNullException.ThrowIfNull(imageReminder);
        ArgumentNullException.ThrowIfNull(keywordKick);
        if (welcome is { Enabled: true, Messages.Count: 0 })
        {
            return new Refusal("rules.welcome-empty", "开启入群欢迎语需要至少一条消息", "welcome.messages");
        }

        if (imageReminder is { Enabled: true, Text: "" })
        {
            return new Refusal("rules.reminder-empty", "开启图片提醒需要填写回复内容", "imageReminder.text");
        }

        if (keywordKick is { Enabled: true, Keywords.Count: 0 })
        {
            return new Refusal("rules.keywords-empty", "开启关键字踢人需要至少一个关键字", "keywordKick.keywords");
        }

        if (keywordKick.Enabled != KeywordKick.Enabled || !keywordKick.Keywords.SequenceEqual(KeywordKick.Keywords, StringComparer.Ordinal))
        {
            KeywordsSince = now;
        }

        (Welcome, ImageReminder, KeywordKick) = (welcome, imageReminder, keywordKick);
        StaffIds = staffIds ?? StaffIds;
        return null;
    }
}

/// <summary>When the rules of its code answered in a group last. Its robot's row is locked by whoever reads or writes it.</summary>
public sealed class GroupRuleState : ITenantOwned
{
    private GroupRuleState()
    {
    }

    public GroupRuleState(Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        GroupId = group.Id;
        TenantId = group.TenantId;
    }

    public GroupId GroupId { get; private set; }

    public TenantId TenantId { get; private set; }

    public DateTimeOffset? WelcomedAt { get; private set; }

    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>Somebody joined, and the platform did not say who; the list of members will.</summary>
    public DateTimeOffset? NamelessJoinAt { get; private set; }

    public ReplyDecision Welcomes(WelcomeMessage rule, DateTimeOffset at, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var decision = ReplyRules.Decide(rule.Enabled, rule.IntervalSeconds, WelcomedAt, at, now);
        WelcomedAt = decision is ReplyDecision.Reply reply ? reply.At : WelcomedAt;
        return decision;
    }

    public ReplyDecision Reminds(ImageReminder rule, DateTimeOffset at, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var decision = ReplyRules.Decide(rule.Enabled, rule.IntervalSeconds, RemindedAt, at, now);
        RemindedAt = decision is ReplyDecision.Reply reply ? reply.At : RemindedAt;
        return decision;
    }

    public void SomebodyJoined(DateTimeOffset at) => NamelessJoinAt = at;

    /// <summary>The list of members told who it was: null when nobody was waited for.</summary>
    public DateTimeOffset? TakeNamelessJoin()
    {
        var at = NamelessJoinAt;
        NamelessJoinAt = null;
        return at;
    }
}
