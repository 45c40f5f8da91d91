namespace Huoma.Domain.OfficialAccount;

/// <summary>What an <c>errcode</c> of 公众号 means for us: a stable code, and a text that says what to do.</summary>
/// <param name="Number">The platform's number; null when it did not answer at all.</param>
public sealed record OfficialAccountFault(string Code, string Message, int? Number = null)
{
    /// <summary>The network, or their server.</summary>
    public static readonly OfficialAccountFault Unreachable = new("official-account.unreachable", "连不上微信的接口，请检查服务器能否访问外网");

    /// <summary>It answered, but not what it says it does.</summary>
    public static readonly OfficialAccountFault Strange = new("official-account.strange-answer", "微信的回答无法识别，请稍后重试");

    /// <summary>Whether nothing works until somebody changes a setting, here or at 公众平台.</summary>
    public bool IsAboutSettings => Number is 40013 or 40125 or 40164 or 48001 or 50001;

    /// <summary>Whether it may pass within a moment.</summary>
    public bool IsBusy => Number == -1;

    /// <summary>Whether the access token is no longer good: fetched anew, and the call is made once more.</summary>
    public bool IsStaleToken => Number is 40001 or 40014 or 42001;

    public static OfficialAccountFault Of(int errcode) => (errcode switch
    {
        -1 => new OfficialAccountFault("official-account.busy", "微信系统繁忙，请稍后重试"),
        40013 => new OfficialAccountFault("official-account.app-id", "AppId 不正确，请核对 Huoma__OfficialAccount__AppId"),
        40125 => new OfficialAccountFault("official-account.secret", "AppSecret 不正确或已重置，请更新 Huoma__OfficialAccount__Secret"),
        40164 => new OfficialAccountFault("official-account.ip-not-listed", "服务器的出口 IP 不在公众号的 IP 白名单里，请在「公众平台 → 设置与开发 → 基本配置」添加"),
        40001 or 40014 or 42001 => new OfficialAccountFault("official-account.token", "微信的访问令牌已失效，请稍后重试；仍不行时请核对 AppSecret"),
        40029 or 40163 or 42003 => new OfficialAccountFault("official-account.code", "这次微信授权已失效，请重新打开页面"),
        42007 => new OfficialAccountFault("official-account.revoked", "用户修改了微信密码，需要重新授权"),
        45009 or 45011 => new OfficialAccountFault("official-account.rate-limited", "调用微信接口太频繁，请稍后重试"),
        48001 or 50001 => new OfficialAccountFault("official-account.no-permission", "公众号没有这个接口的权限，需要已认证的服务号"),
        _ => new OfficialAccountFault("official-account.refused", $"微信拒绝了这个请求（错误码 {errcode}）"),
    }) with
    { Number = errcode };
}
