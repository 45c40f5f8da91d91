using Huoma.Domain.Robots;

namespace Huoma.Domain.WeCom;

/// <summary>What an <c>errcode</c> of 企业微信 means for us: a stable code, a text that says what to do, and what becomes of a command that met it.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Word">What a command ends with, in the words of the gateway protocol.</param>
/// <param name="RetryAfter">When it passes by itself: try again after so long.</param>
/// <param name="Number">The platform's number; null when it did not answer at all.</param>
public sealed record WeComFault(string Code, string Message, string Word, TimeSpan? RetryAfter = null, int? Number = null)
{
    /// <summary>The network, or their server.</summary>
    public static readonly WeComFault Unreachable = new(
        "wecom.unreachable", "连不上企业微信的接口，请检查服务器能否访问外网，稍后会自动重试", ErrorCodes.RobotOffline, CommandOutcome.OfflineWait);

    /// <summary>It answered, but not what it says it does.</summary>
    public static readonly WeComFault Strange = new("wecom.strange-answer", "企业微信的回答无法识别，请稍后重试", ErrorCodes.PuppetError);

    /// <summary>Of a join way: the picture of its QR.</summary>
    public static readonly WeComFault NoPicture = new("wecom.no-picture", "取不到「加入群聊」的二维码图片，稍后会自动重试", ErrorCodes.RateLimited, TimeSpan.FromMinutes(1));

    /// <summary>Sealed with another key: another data directory, or a backup put back without its keys.</summary>
    public static readonly WeComFault NoSecrets = new("wecom.no-secrets", "读不出保存的密钥，请在机器人设置里重新填写", ErrorCodes.RobotOffline);

    /// <summary>已解散, or no longer seen by the app.</summary>
    public static readonly WeComFault NoSuchGroup = new("wecom.no-such-group", "企业微信里没有这个客户群，可能已经解散，或不在应用的可见范围", ErrorCodes.RoomNotFound);

    /// <summary>Whether nothing works until somebody changes a setting: then the robot counts as offline.</summary>
    public bool IsAboutSettings => Word == ErrorCodes.RobotOffline && Number is not null;

    /// <summary>Whether the platform says no to this very thing, and would say no again.</summary>
    public bool IsAboutThis => Number is not null && Word is ErrorCodes.PuppetError or ErrorCodes.RoomNotFound;

    /// <summary>Whether the access token is no longer good: fetched anew, and the call is made once more.</summary>
    public static bool IsStaleToken(int errcode) => errcode is 40014 or 41001 or 42001;

    public static WeComFault Of(int errcode) => (errcode switch
    {
        -1 => new WeComFault("wecom.busy", "企业微信系统繁忙，稍后会自动重试", ErrorCodes.RateLimited, TimeSpan.FromSeconds(5)),
        45009 => new WeComFault("wecom.rate-limited", "调用企业微信接口太频繁，稍后会自动重试", ErrorCodes.RateLimited, TimeSpan.FromMinutes(1)),
        45033 => new WeComFault("wecom.rate-limited", "同时调用企业微信接口太多，稍后会自动重试", ErrorCodes.RateLimited, TimeSpan.FromSeconds(5)),
        40013 => new WeComFault("wecom.corp-id", "企业 ID 不正确，请在机器人设置里更正", ErrorCodes.RobotOffline),
        40001 or 40014 or 41001 or 42001 or 41004 => new WeComFault("wecom.secret", "应用的 Secret 不正确或已重置，请在机器人设置里更新", ErrorCodes.RobotOffline),
        60020 => new WeComFault("wecom.ip-not-trusted", "服务器的出口 IP 不在应用的「企业可信IP」里，请在企业微信管理后台添加", ErrorCodes.RobotOffline),
        48002 => new WeComFault("wecom.no-permission", "应用没有权限，请在「客户联系 → 可调用接口的应用」里勾选它", ErrorCodes.RobotOffline),

        // About this group's owner only: the others go on.
        50001 or 50002 or 60011 => new WeComFault("wecom.no-permission", "群主不在应用的可见范围里，请在企业微信管理后台调整", ErrorCodes.PuppetError),
        84074 => new WeComFault("wecom.no-permission", "群主没有「客户联系」权限，请在企业微信管理后台开通", ErrorCodes.PuppetError),
        40050 or 49008 or 90500 or 90501 => NoSuchGroup,
        81017 => new WeComFault("wecom.too-much", "客户群太多，无法一次列出", ErrorCodes.PuppetError),
        _ => new WeComFault("wecom.refused", $"企业微信拒绝了这个操作（错误码 {errcode}）", ErrorCodes.PuppetError),
    }) with
    { Number = errcode };
}
