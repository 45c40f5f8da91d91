namespace Huoma.Server.WeCom;

/// <summary>Section <c>Huoma:WeCom</c>.</summary>
internal sealed class WeComOptions
{
    public const string Section = "Huoma:WeCom";

    public const string Wrong = "Huoma:WeCom:ApiBase must be an https address (plain http on this machine only), like https://qyapi.weixin.qq.com";

    /// <summary>Where the API of 企业微信 is: theirs, a proxy with a fixed address, or a stand-in for tests.</summary>
    public string ApiBase { get; init; } = "https://qyapi.weixin.qq.com";

    // Secrets go there, so nobody on the way may read them.
    public bool IsValid => Uri.TryCreate(ApiBase, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
