using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Server.Visits.Pages;

/// <summary>Everything visitors read, in one place (spec B.16).</summary>
internal static class PageTexts
{
    public const string OffDuty = "店小二已下班";
    public const string OpenInWeChat = "请使用微信扫一扫识别；在手机浏览器里请先保存图片，再到微信“扫一扫”中从相册选取";
    public const string Expired = "这个二维码刚刚过期";
    public const string Released = "停留太久，位置已让给后来的人，请刷新看看";
    public const string Reload = "刷新看看";
    public const string Copy = "复制";
    public const string GroupIntro = "群介绍";
    public const string FounderIntro = "创始人介绍";
    public const string Enter = "点击入群";
    public const string Notice = "隐私说明";
    public const string Busy = "人多，正在排队";
    public const string BusyRetries = "页面会自动重试，请不要关闭";
    public const string Blocked = "暂时无法加入";
    public const string BlockedExplained = "如有疑问，请联系活动客服";
    public const string Unknown = "没有找到这个活码，请核对二维码或联系发布者";

    public static string LongPress(LiveCodeKind kind) => kind == LiveCodeKind.Card ? "长按识别二维码加好友" : "长按识别二维码进群";

    public static string Replaced(LiveCodeKind kind) => kind == LiveCodeKind.Card ? "原来的名片已失效，已为您更换新的名片" : "原来的群二维码已失效，已为您更换新群";

    public static string PictureAlt(LiveCodeKind kind) => kind == LiveCodeKind.Card ? "个人名片二维码，长按识别加好友" : "群二维码，长按识别进群";

    /// <summary>Above the 客服微信号 of a group (F033), or the 个人微信号 of a card (F143).</summary>
    public static string Support(LiveCodeKind kind) => kind == LiveCodeKind.Card ? "可长按复制微信号，添加好友获取更多福利" : "无法进群？请添加客服微信";

    public static string Explain(LiveCodeKind kind, OffDutyReason reason) => (kind, reason) switch
    {
        (LiveCodeKind.Card, OffDutyReason.NoSlot) => "暂时没有可添加的名片，请稍后再来",
        (LiveCodeKind.Card, OffDutyReason.AllFull) => "名片已用完，补充后会自动恢复，请稍后再来",
        (_, OffDutyReason.NoSlot) => "暂时没有可加入的群，请稍后再来",
        (_, OffDutyReason.AllFull) => "群已满，补充新群后会自动恢复，请稍后再来",
        (_, OffDutyReason.AllExpired) => "二维码正在更新，请稍后再来",
        _ => "活动暂未开放，请联系发布者或稍后再来",
    };
}
