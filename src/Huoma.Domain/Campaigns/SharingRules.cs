namespace Huoma.Domain.Campaigns;

/// <summary>A phrase that the platform may take for induced sharing.</summary>
/// <param name="Found">As it stands in the text.</param>
/// <param name="Why">The rule it touches.</param>
/// <param name="Instead">A neutral wording.</param>
public sealed record SharingConcern(string Found, string Why, string Instead);

/// <summary>合规体检: looks for what 《微信外部链接内容管理规范》 2.1.2 forbids, explains and suggests (U10). It warns; the operator decides.</summary>
public static class SharingRules
{
    private const string Induced = "《微信外部链接内容管理规范》2.1.2：不得以利益诱导用户分享、传播外链内容";
    private const string Assisted = "《微信外部链接内容管理规范》2.1.2：不得要求邀请好友协助（助力、砍价、加速等）后才能获得利益";
    private const string Promised = "夸大、承诺现金或奖品的文字容易被判为利益诱导";

    private static readonly (string[] Phrases, string Why, string Instead)[] Known =
    [
        (["分享后领取", "分享即可领取", "分享领取", "分享可得", "转发后领取", "转发领取", "转发即可", "分享朋友圈", "转发朋友圈", "转发到朋友圈", "分享到朋友圈"], Induced, "邀请好友进群一起学"),
        (["集赞", "点赞领", "攒赞"], Induced, "欢迎进群交流"),
        (["助力", "砍价", "砍一刀", "帮我砍", "加速", "拼团免单", "解锁"], Assisted, "和好友一起参加"),
        (["红包", "现金", "提现", "返现", "返利", "佣金", "赚钱", "奖金"], Promised, "学习资料、课程等与活动有关的内容"),
        (["免费领", "免费送", "0元", "零元", "大奖", "抽奖", "必中", "优惠券"], Promised, "完成后可查看活动资料"),
        (["不转不是", "转疯了", "必须转发", "强制关注", "关注后领取", "关注领取"], Induced, "自愿参加，欢迎邀请好友"),
    ];

    /// <summary>White space and marks between the letters hide nothing.</summary>
    public static IReadOnlyList<SharingConcern> Check(params string?[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var plain = texts.Select(Plain).ToList();
        return
        [
            .. from rule in Known
               from phrase in rule.Phrases
               where plain.Exists(text => text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
               select new SharingConcern(phrase, rule.Why, rule.Instead),
        ];
    }

    private static string Plain(string? text) => string.Concat((text ?? "").Where(char.IsLetterOrDigit));
}
