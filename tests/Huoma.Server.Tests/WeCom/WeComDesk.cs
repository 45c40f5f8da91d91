using System.Net;
using System.Text.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.WeCom;

/// <summary>An owner with a robot of 企业微信 that is online.</summary>
internal sealed class WeComDesk(HuomaApp app, FakeWeCom weCom, Operator console, string robotId)
{
    public HuomaApp App { get; } = app;

    public FakeWeCom WeCom { get; } = weCom;

    public Operator Console { get; } = console;

    public string RobotId { get; } = robotId;

    public static object App0(string? secret = null) => new
    {
        corpId = FakeWeCom.CorpId,
        secret = secret ?? FakeWeCom.Secret,
        callbackToken = Callbacks.Token,
        encodingAesKey = Callbacks.AesKey,
    };

    public static async Task<WeComDesk> OpenAsync(HuomaApp app, FakeWeCom weCom)
    {
        var console = new Operator(await app.SignInAsync());
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name = "企微一号", driver = "wecom", wecom = App0() });
        var desk = new WeComDesk(app, weCom, console, robot.Id());
        await desk.UntilAsync(shown => shown.Text("login.state") == "online");
        return desk;
    }

    public Task<JsonElement> UntilAsync(Func<JsonElement, bool> so) => Eventually.BeAsync(() => Console.GetAsync($"robots/{RobotId}"), so);

    /// <summary>A code whose groups are those of 企业微信 only.</summary>
    public Task<JsonElement> CreateCodeAsync(int threshold = 180) => Console.SendAsync(HttpMethod.Post, "codes", new
    {
        kind = "group",
        building = "auto",
        name = "企微活码",
        remark = "测试",
        auto = new { groups = 0, theme = "企微群", firstNumber = 1, memberThreshold = threshold },
    });

    /// <summary>The group is under the code, with its QR and its members.</summary>
    public async Task<JsonElement> LinkAsync(JsonElement code, FakeChat chat)
    {
        await Console.SendAsync(HttpMethod.Post, $"robots/{RobotId}/customer-groups/refresh");
        var group = await Console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups", new { robotId = RobotId, roomId = chat.Id });
        return (await Console.GroupsAsync(code, list => list.Any(row => row.Id() == group.Id() && row.Text("state") is "serving" or "waiting" && row.Number("members") == chat.Members.Count)))
            .Single(row => row.Id() == group.Id());
    }

    /// <summary>Time passes, and somebody joins or leaves after that.</summary>
    public DateTimeOffset Later(int seconds = 2)
    {
        App.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return App.Clock.GetUtcNow();
    }

    public async Task TellAsync(FakeChat chat, string change, string detail = "", string more = "") =>
        (await Callbacks.PostAsync(App, RobotId, Callbacks.Xml(chat, App.Clock.GetUtcNow(), change, detail, more))).ShouldBe(HttpStatusCode.OK);

    public async Task<JsonElement> MemberAsync(string groupId, string id, bool left = false) =>
        (await Console.GetAsync($"groups/{groupId}/members?left={(left ? "true" : "false")}")).At("items").EnumerateArray().Single(member => member.Id() == id);

    /// <summary>The first value of the first row.</summary>
    public async Task<string> ReadAsync(string sql)
    {
        await using var connection = await App.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        return Convert.ToString(await connection.ExecuteScalarAsync<object>(sql), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}
