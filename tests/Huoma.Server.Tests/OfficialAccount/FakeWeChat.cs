using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>
/// The API of 公众号 on a port of this machine, as its documents describe it: errors by number in answers of status 200 that call themselves text, codes good once,
/// one stable token.
/// </summary>
internal sealed class FakeWeChat : IAsyncDisposable
{
    public const string AppId = "wxTESTAPP000000001";
    public const string Secret = "s3cretOfTheOfficialAccount0123";

    private sealed record Issued(string OpenId, bool WithProfile, bool IsSnapshot);

    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, Issued> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> usedCodes = new(StringComparer.Ordinal);
    private int made;

    private FakeWeChat(WebApplication web) => this.web = web;

    public string Address => web.Urls.First();

    /// <summary>The calls there were, by their last word.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Numbers to answer next, by the call's last word.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<int>> Faults { get; } = new(StringComparer.Ordinal);

    public string Token { get; set; } = "token-1";

    public string Ticket { get; set; } = "ticket-1";

    /// <summary>Where avatars are said to be; null: here.</summary>
    public string? AvatarAddress { get; set; }

    public byte[] Avatar { get; set; } = MadePictures.Jpeg(MadePictures.Quarters(132, 132));

    public string Nickname { get; set; } = "小王😀";

    /// <summary>When set, web login answers only once it is done.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Huoma:OfficialAccount:AppId"] = AppId,
        ["Huoma:OfficialAccount:Secret"] = Secret,
        ["Huoma:OfficialAccount:ApiBase"] = Address,
        ["Huoma:Groups:LookSeconds"] = "1",
    };

    public static async Task<FakeWeChat> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var host = builder.Build();
        var fake = new FakeWeChat(host);
        host.MapGet("/sns/oauth2/access_token", (string appid, string secret, string code) => fake.ExchangeAsync(appid, secret, code));
        host.MapGet("/sns/userinfo", (string access_token, string openid) => fake.UserInfo(access_token, openid));
        host.MapPost("/cgi-bin/stable_token", (JsonElement body) => fake.StableToken(body));
        host.MapGet("/cgi-bin/ticket/getticket", (string access_token) => fake.GetTicket(access_token));
        host.MapGet("/avatar", () => Results.File(fake.Avatar, "image/jpeg"));
        await host.StartAsync();
        return fake;
    }

    /// <summary>What authorize sends back with.</summary>
    public string Code(string openId, bool withProfile = false, bool isSnapshot = false)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"code{Interlocked.Increment(ref made)}");
        codes[code] = new Issued(openId, withProfile, isSnapshot);
        return code;
    }

    public void Fail(string call, params int[] errcodes) => Faults[call] = new ConcurrentQueue<int>(errcodes);

    public int CountOf(string call) => Calls.Count(made => made == call);

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task<IResult> ExchangeAsync(string appId, string secret, string code)
    {
        Calls.Enqueue("access_token");
        await Until;
        if (Next("access_token") is { } errcode)
        {
            return Error(errcode);
        }

        if (appId != AppId || secret != Secret)
        {
            return Error(appId != AppId ? 40013 : 40125);
        }

        if (!codes.TryGetValue(code, out var issued))
        {
            return Error(40029);
        }

        return !usedCodes.TryAdd(code, "") ? Error(40163) : Text(new
        {
            access_token = $"web-{issued.OpenId}-{(issued.WithProfile ? "profile" : "base")}",
            expires_in = 7200,
            openid = issued.OpenId,
            scope = "snsapi_base",
            is_snapshotuser = issued.IsSnapshot ? 1 : 0,
        });
    }

    private IResult UserInfo(string token, string openId)
    {
        Calls.Enqueue("userinfo");
        return Next("userinfo") is { } errcode ? Error(errcode) : token != $"web-{openId}-profile" ? Error(48001)
            : Text(new { openid = openId, nickname = Nickname, sex = 0, headimgurl = AvatarAddress ?? $"{Address}/avatar", unionid = $"u{openId}" });
    }

    private IResult StableToken(JsonElement body)
    {
        Calls.Enqueue("stable_token");
        return Next("stable_token") is { } errcode ? Error(errcode) : body.Text("secret") != Secret || body.Text("grant_type") != "client_credential" ? Error(40125)
            : Text(new { access_token = Token, expires_in = 7200 });
    }

    private IResult GetTicket(string token)
    {
        Calls.Enqueue("getticket");
        return Next("getticket") is { } errcode ? Error(errcode) : token != Token ? Error(40001) : Text(new { errcode = 0, errmsg = "ok", ticket = Ticket, expires_in = 7200 });
    }

    private int? Next(string call) => Faults.TryGetValue(call, out var faults) && faults.TryDequeue(out var errcode) ? errcode : null;

    private static IResult Error(int errcode) => Text(new { errcode, errmsg = "no, rid: 1" });

    private static IResult Text(object answer) => Results.Text(JsonSerializer.Serialize(answer), "text/plain");
}
