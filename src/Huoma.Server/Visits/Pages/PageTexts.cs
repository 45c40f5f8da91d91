using Huoma.Domain.Visits;

namespace Huoma.Server.Visits.Pages;

/// <summary>Everything visitors read, in one place (spec B.16).</summary>
internal static class PageTexts
{
    public const string OffDuty = "店小二已下班";
    public const string LongPress = "长按识别二维码进群";
    public const string OpenInWeChat = "请使用微信扫一扫识别；在手机浏览器里请先保存图片，再到微信“扫一扫”中从相册选取";
    public const string Replaced = "原来的群二维码已失效，已为您更换新群";
    public const string PictureAlt = "群二维码，长按识别进群";
    public const string Expired = "这个二维码刚刚过期";
    public const string Released = "停留太久，位置已让给后来的人，请刷新看看";
    public const string Reload = "刷新看看";
    public const string Support = "无法进群？请添加客服微信";
    public const string Copy = "复制";
    public const string GroupIntro = "群介绍";
    public const string FounderIntro = "创始人介绍";
    public const string Enter = "点击入群";
    public const string Busy = "人多，正在排队";
    public const string BusyRetries = "页面会自动重试，请不要关闭";
    public const string Unknown = "没有找到这个活码，请核对二维码或联系发布者";

    public static string Explain(OffDutyReason reason) => reason switch
    {
        OffDutyReason.NoSlot => "暂时没有可加入的群，请稍后再来",
        OffDutyReason.AllFull => "群已满，补充新群后会自动恢复，请稍后再来",
        OffDutyReason.AllExpired => "二维码正在更新，请稍后再来",
        _ => "活动暂未开放，请联系发布者或稍后再来",
    };
}
