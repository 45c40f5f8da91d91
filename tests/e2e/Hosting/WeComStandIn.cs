using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Huoma.E2E.Hosting;

/// <summary>As much of 企业微信 as a console needs to add a group: three groups, one join way each. How it fails is tested with the server.</summary>
internal sealed class WeComStandIn : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;

    private WeComStandIn(string address)
    {
        Address = address;
        listener.Prefixes.Add($"{address}/");
        listener.Start();
        answering = AnswerAllAsync();
    }

    public string Address { get; }

    /// <summary>A number that is no success, for every call.</summary>
    public int Errcode { get; set; }

    public static WeComStandIn Start() => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        listener.Close();
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private async Task AnswerAllAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var call = (context.Request.Url?.Segments[^1] ?? "").TrimEnd('/');
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        var answer = call == "qr.jpg" ? await File.ReadAllBytesAsync(Pictures.Groups[0]) : JsonSerializer.SerializeToUtf8Bytes(Errcode == 0 ? Answer(call, body) : new { errcode = Errcode });
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }

    private object Answer(string call, string body) => call switch
    {
        "gettoken" => new { errcode = 0, access_token = "token", expires_in = 7_200 },
        "list" => new { errcode = 0, group_chat_list = new[] { new { chat_id = "wrA" }, new { chat_id = "wrB" }, new { chat_id = "wrC" } }, next_cursor = "" },
        "get" => new { errcode = 0, group_chat = Chat(JsonDocument.Parse(body).RootElement.GetProperty("chat_id").GetString() ?? "") },
        "add_join_way" => new { errcode = 0, config_id = "config1" },
        "get_join_way" => new { errcode = 0, join_way = new { config_id = "config1", qr_code = $"{Address}/qr.jpg" } },
        _ => new { errcode = 0 },
    };

    private static object Chat(string id) => new
    {
        chat_id = id,
        name = id switch { "wrA" => "护肤交流一群", "wrB" => "一个名字特别特别长的客户群用来看看换行是否正常显示而不会撑破页面的布局", _ => "" },
        owner = "ZhangSan",
        member_version = "1",
        member_list = new object[]
        {
            new { userid = "ZhangSan", type = 1, join_time = 1_763_000_000, join_scene = 1, name = "张三" },
            new { userid = "wmA", type = 2, join_time = 1_763_000_100, join_scene = 3, name = "王五" },
        },
    };
}
