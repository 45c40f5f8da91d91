using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>The calls that are used. What is busy is asked once more, for a visitor waits.</summary>
internal sealed class OfficialAccountClient(OfficialAccountHttp http, IOptions<OfficialAccountOptions> options)
{
    private string AppId => options.Value.AppId ?? "";

    private string Secret => options.Value.Secret ?? "";

    /// <summary>For what a code is good, once.</summary>
    public Task<Heard<WebToken>> ExchangeAsync(string code, CancellationToken ct) => AskAsync<WebToken>(
        "sns/oauth2/access_token", $"?appid={Escaped(AppId)}&secret={Escaped(Secret)}&code={Escaped(code)}&grant_type=authorization_code", body: null, ct);

    public Task<Heard<WebUser>> UserAsync(string webToken, string openId, CancellationToken ct) =>
        AskAsync<WebUser>("sns/userinfo", $"?access_token={Escaped(webToken)}&openid={Escaped(openId)}&lang=zh_CN", body: null, ct);

    /// <summary>The same one for everybody who asks while it is good (stable_token).</summary>
    public Task<Heard<AccessToken>> TokenAsync(CancellationToken ct) =>
        AskAsync<AccessToken>("cgi-bin/stable_token", "", new { GrantType = "client_credential", Appid = AppId, Secret, ForceRefresh = false }, ct);

    public Task<Heard<JsTicket>> TicketAsync(string token, CancellationToken ct) =>
        AskAsync<JsTicket>("cgi-bin/ticket/getticket", $"?access_token={Escaped(token)}&type=jsapi", body: null, ct);

    private async Task<Heard<T>> AskAsync<T>(string path, string query, object? body, CancellationToken ct)
        where T : class, IOfficialAccountAnswer
    {
        var heard = await http.AskAsync<T>(path, query, body, ct);
        return heard.Fault is { IsBusy: true } ? await http.AskAsync<T>(path, query, body, ct) : heard;
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
