using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Huoma.Server.Imaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Huoma.Server.Tests.WeCom;

/// <summary>A customer group in the fake.</summary>
internal sealed class FakeChat(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public string Owner { get; set; } = "ZhangSan";

    public Dictionary<string, object> Members { get; } = new(StringComparer.Ordinal);

    public int Version { get; set; } = 1;

    /// <summary>So many reads still see the group as it was before.</summary>
    public int Lag { get; set; }

    /// <summary>As it was before.</summary>
    public string Before { get; set; } = "";

    public static string VersionText(int version) => string.Create(CultureInfo.InvariantCulture, $"v{version:d8}");
}

/// <summary>
/// 企业微信 on a port of this machine, as its documents describe the calls that are used: one token a corporation and secret, errors by number in answers
/// of status 200, join ways whose picture only <c>get</c> names, member lists that are later than the callbacks about them.
/// </summary>
internal sealed class FakeWeCom : IAsyncDisposable
{
    public const string CorpId = "wwTESTCORPID0001";
    public const string Secret = "s3cret-of-the-app_0123456789";

    private readonly WebApplication web;
    private readonly Lock gate = new();
    private int tokens;

    private FakeWeCom(WebApplication web) => this.web = web;

    public string Address => web.Urls.First();

    public ConcurrentDictionary<string, FakeChat> Chats { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, JsonElement> JoinWays { get; } = new(StringComparer.Ordinal);

    /// <summary>The calls there were, by their last word.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Numbers to answer next, by the call's last word.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<int>> Faults { get; } = new(StringComparer.Ordinal);

    public string GoodSecret { get; set; } = Secret;

    public string Token { get; private set; } = "none-yet";

    /// <summary>The settings of a server that takes this for 企业微信.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Huoma:WeCom:ApiBase"] = Address,
        ["Huoma:Outgoing:AllowNetworks"] = "127.0.0.1/32",
        ["Huoma:Groups:LookSeconds"] = "1",

        // Some tests let days pass.
        ["Huoma:Accounts:SessionIdleHours"] = "168",
    };

    public static async Task<FakeWeCom> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var host = builder.Build();
        var fake = new FakeWeCom(host);
        host.MapGet("/cgi-bin/gettoken", (string corpid, string corpsecret) => fake.GetToken(corpid, corpsecret));
        host.MapPost("/cgi-bin/externalcontact/groupchat/{call}", fake.AnswerAsync);
        host.MapGet("/qr/{configId}.png", (string configId) => Results.File(QrPicture.Picture($"https://work.weixin.qq.com/gm/{configId}", 480).File, "image/png"));
        await host.StartAsync();
        return fake;
    }

    public FakeChat AddChat(string id, string name)
    {
        var chat = Chats[id] = new FakeChat(id, name);
        chat.Members["ZhangSan"] = new { userid = "ZhangSan", type = 1, join_time = 1_763_000_000L, join_scene = 1, name = "张三" };
        return chat;
    }

    /// <summary>A customer joins; <paramref name="state"/> when by a join way.</summary>
    public void Join(FakeChat chat, string id, DateTimeOffset at, string? state = null, int scene = 3, string? unionId = null, string? invitor = null, int lag = 0) =>
        Change(chat, lag, () => chat.Members[id] = new
        {
            userid = id,
            type = 2,
            unionid = unionId,
            join_time = at.ToUnixTimeSeconds(),
            join_scene = scene,
            state,
            invitor = invitor is null ? null : new { userid = invitor },
            group_nickname = "",
            name = $"客户{id}",
        });

    public void Leave(FakeChat chat, string id, int lag = 0) => Change(chat, lag, () => chat.Members.Remove(id));

    /// <summary>Whatever token there is, it is no longer good.</summary>
    public void ExpireToken() => Token = "expired";

    public void Fail(string call, params int[] errcodes) => Faults[call] = new ConcurrentQueue<int>(errcodes);

    public int CountOf(string call) => Calls.Count(made => made == call);

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private void Change(FakeChat chat, int lag, Action change)
    {
        lock (gate)
        {
            chat.Before = JsonSerializer.Serialize(Describe(chat));
            chat.Lag = lag;
            change();
            chat.Version++;
        }
    }

    private IResult GetToken(string corpId, string secret)
    {
        Calls.Enqueue("gettoken");
        if (Faults.TryGetValue("gettoken", out var faults) && faults.TryDequeue(out var errcode))
        {
            return Error(errcode);
        }

        if (corpId != CorpId || secret != GoodSecret)
        {
            return Error(corpId != CorpId ? 40013 : 40001);
        }

        // The same one while it is good.
        if (!Token.StartsWith("token", StringComparison.Ordinal))
        {
            Token = string.Create(CultureInfo.InvariantCulture, $"token-{++tokens}");
        }

        return Results.Json(new { errcode = 0, errmsg = "ok", access_token = Token, expires_in = 7_200 });
    }

    private async Task<IResult> AnswerAsync(string call, HttpRequest request)
    {
        Calls.Enqueue(call);
        if (request.Query["access_token"] != Token)
        {
            return Error(Token == "expired" ? 42001 : 40014);
        }

        if (Faults.TryGetValue(call, out var faults) && faults.TryDequeue(out var errcode))
        {
            return Error(errcode);
        }

        using var body = await JsonDocument.ParseAsync(request.Body);
        lock (gate)
        {
            return Do(call, body.RootElement.Clone());
        }
    }

    private IResult Do(string call, JsonElement body)
    {
        var configId = body.TryGetProperty("config_id", out var given) ? given.GetString() ?? "" : "";
        switch (call)
        {
            case "list":
                return Results.Json(new { errcode = 0, group_chat_list = Chats.Keys.Order(StringComparer.Ordinal).Select(id => new { chat_id = id, status = 0 }), next_cursor = "" });
            case "get":
                return Chats.TryGetValue(body.GetProperty("chat_id").GetString() ?? "", out var chat) ? Get(chat) : Error(90501);
            case "add_join_way":
                configId = string.Create(CultureInfo.InvariantCulture, $"config{JoinWays.Count + 1}-{Calls.Count}");
                JoinWays[configId] = body;
                return Results.Json(new { errcode = 0, errmsg = "ok", config_id = configId });
            case "get_join_way" when JoinWays.TryGetValue(configId, out var way):
                return Results.Json(new
                {
                    errcode = 0,
                    join_way = new { config_id = configId, scene = 2, qr_code = $"{Address}/qr/{configId}.png", state = way.GetProperty("state").GetString(), chat_id_list = way.GetProperty("chat_id_list") },
                });
            case "update_join_way" when JoinWays.ContainsKey(configId):
                JoinWays[configId] = body;
                return Error(0);
            case "del_join_way" when JoinWays.TryRemove(configId, out _):
                return Error(0);
            default:
                return Error(41044);
        }
    }

    private static IResult Get(FakeChat chat)
    {
        if (chat.Lag > 0)
        {
            chat.Lag--;
            return Results.Text($"{{\"errcode\":0,\"group_chat\":{chat.Before}}}", "text/plain");
        }

        return Results.Json(new { errcode = 0, errmsg = "ok", group_chat = Describe(chat) });
    }

    private static object Describe(FakeChat chat) => new
    {
        chat_id = chat.Id,
        name = chat.Name,
        owner = chat.Owner,
        create_time = 1_763_000_000,
        member_list = chat.Members.Values.ToList(),
        member_version = FakeChat.VersionText(chat.Version),
    };

    private static IResult Error(int errcode) => Results.Json(new { errcode, errmsg = errcode == 0 ? "ok" : "no, hint: [1584585651]" });
}
