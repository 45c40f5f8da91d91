using System.Diagnostics;
using System.Globalization;

namespace Huoma.Domain.Notices;

/// <summary>A notice in words: what, until when, what follows from it and what to do. Names of codes and slots are as their operators typed them.</summary>
public sealed record NoticeText(string Title, string Consequence, string Action);

/// <summary>Everything a notice says (C3.3), in one place.</summary>
public static class NoticeTexts
{
    public static NoticeText Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind switch
        {
            NoticeKind.SlotExpiring => new(
                $"群二维码 {notice.HoursBefore} 小时内过期", "过期后不再展示给访客；没有其他可用的群时，访客看到「店小二已下班」", "上传新的群二维码截图"),
            NoticeKind.SlotExpired => new("群二维码已过期", "已不再展示给访客；没有其他可用的群时，访客看到「店小二已下班」", "上传新的群二维码截图"),
            NoticeKind.CodeExhausted => new("活码已用完", "没有可用的群二维码，访客现在看到的是「店小二已下班」", "添加新的群二维码"),
            NoticeKind.LastSlot => new("正在使用最后一个群", $"其他群都已满或已过期，{Places(notice)}，用完后访客看到「店小二已下班」", "添加新的群二维码"),
            NoticeKind.CodeRunningOut => new("剩余名额不足 20%", $"{Places(notice)}，用完后访客看到「店小二已下班」", "添加新的群二维码"),
            NoticeKind.CodeForecast => new("名额即将用完", $"{Places(notice)}，用完后访客看到「店小二已下班」", "添加新的群二维码"),
            NoticeKind.RobotOffline => new("机器人离线", "离线期间不能建群、更新群二维码、踢人，也收不到群里的消息", "检查网关程序和微信账号，重新登录"),
            NoticeKind.RobotNeedsLogin => new("机器人需要扫码登录", "登录前不能建群、更新群二维码、踢人", "在控制台用手机微信扫码登录"),
            NoticeKind.GroupFailed => new("建群失败", $"{notice.Detail ?? "原因未知"}；处理前不再自动补群", "查看原因后重试"),
            NoticeKind.GroupQrMissing => new("群二维码没有更新", "机器人没有取到新的群二维码，旧的过期后不再展示给访客", "检查机器人是否在线、是否还在群里"),
            NoticeKind.QuotaLow => new(
                notice.PlacesLeft > 0 ? $"建群余额只剩 {notice.PlacesLeft} 个" : "建群余额为 0", "用完后不能再建群和补群，已有的群满了以后访客看到「店小二已下班」", "联系平台管理员增加"),
            NoticeKind.RewardsOut => new("任务宝福利码已发完", "任务已自动结束，之后完成的参与者看到「福利已领完」", "在任务宝里补充福利码"),
            NoticeKind.TokenGuessing => new("有人在猜测邀请口令", "10 分钟内有大量错误口令，来源已被限制；口令只能查进度，不能领取福利", "在任务宝里核对裂变用户"),
            NoticeKind.PosterUnreadable => new("任务宝海报的二维码无法识别", "参与者看不到海报，只能用链接邀请好友", "在任务设置里放大二维码，或换一张画面简单的海报"),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>按当前速度约 N 小时后用完; null when nobody can tell.</summary>
    public static string? Forecast(int? minutes) => minutes switch
    {
        null => null,
        < 60 => $"按当前速度约 {Math.Max(1, minutes.Value)} 分钟后用完",
        < 24 * 60 => string.Create(CultureInfo.InvariantCulture, $"按当前速度约 {minutes.Value / 60.0:0.#} 小时后用完"),
        _ => string.Create(CultureInfo.InvariantCulture, $"按当前速度约 {minutes.Value / 1440.0:0.#} 天后用完"),
    };

    /// <summary>An instant as people of the system's time zone write it, with the zone's name.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var name = zone.Id == "Asia/Shanghai" ? "北京时间" : zone.Id;
        return string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, zone):yyyy-MM-dd HH:mm}（{name}）");
    }

    private static string Places(Notice notice) =>
        $"还剩 {notice.PlacesLeft ?? 0} 个名额" + (Forecast(notice.LastsMinutes) is { } forecast ? $"，{forecast}" : "");
}
