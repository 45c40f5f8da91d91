using System.Text.RegularExpressions;

namespace Huoma.Server.OfficialAccount;

/// <summary>Section <c>Huoma:OfficialAccount</c>: the operator's 公众号. Unset: visitors are known by their cookie alone.</summary>
internal sealed partial class OfficialAccountOptions
{
    public const string Section = "Huoma:OfficialAccount";

    public const string WrongPair = "Huoma:OfficialAccount:AppId and Huoma:OfficialAccount:Secret belong together: letters and digits as 公众平台 shows them, or neither";
    public const string WrongBase = "Huoma:OfficialAccount:ApiBase, AuthorizeBase and ScriptUrl must be https addresses (plain http on this machine only), like https://api.weixin.qq.com";

    public string? AppId { get; init; }

    public string? Secret { get; init; }

    /// <summary>Where the API is: WeChat's, a proxy with a fixed address, or the simulator.</summary>
    public string ApiBase { get; init; } = "https://api.weixin.qq.com";

    /// <summary>Where visitors are sent to say who they are.</summary>
    public string AuthorizeBase { get; init; } = "https://open.weixin.qq.com";

    /// <summary>WeChat's script for pages (JS-SDK).</summary>
    public string ScriptUrl { get; init; } = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js";

    public bool IsConfigured => AppId is { Length: > 0 };

    public bool IsPair => (string.IsNullOrEmpty(AppId) && string.IsNullOrEmpty(Secret)) || (Id().IsMatch(AppId ?? "") && Id().IsMatch(Secret ?? ""));

    // Secrets go there, so nobody on the way may read them.
    public bool HasGoodBases => IsGood(ApiBase) && IsGood(AuthorizeBase) && IsGood(ScriptUrl);

    private static bool IsGood(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    [GeneratedRegex(@"\A[A-Za-z0-9]{6,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
