using System.Net.WebSockets;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>机器人: added, its account logged in by QR, its seeds chosen; the gateway is this test.</summary>
public sealed class RobotTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owner_AddsARobot_LogsItIn_AndChoosesItsSeeds()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);
        await page.GotoAsync("/console/robots");
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();

        // Without the risk accepted nothing is added.
        await page.GetByTestId("add-robot").First.ClickAsync();
        await page.GetByTestId("robot-name").FillAsync("一号机");
        await page.GetByTestId("save-robot").ClickAsync();
        await Assertions.Expect(page.GetByTestId("risk-notice")).ToContainTextAsync("请先勾选");
        await Browser.LookAsync(page, "robot-risk");
        await page.GetByTestId("accept-risk").ClickAsync();
        await page.GetByTestId("save-robot").ClickAsync();
        var token = await page.GetByTestId("gateway-token").InnerTextAsync();
        await Browser.LookAsync(page, "robot-token");
        await page.GetByTestId("token-saved").ClickAsync();
        await page.GetByTestId("robot-一号机").GetByText("查看").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/console/robots/[^/]+$"));
        await Assertions.Expect(page.GetByTestId("robot-state")).ToHaveTextAsync("网关从未连接");
        var id = new Uri(page.Url).Segments[^1];

        using var socket = await DialAsync(server, token);
        await SendAsync(socket, new
        {
            v = 1,
            kind = "hello",
            gatewayId = "gw-1",
            version = "1.0.0",
            puppet = "padlocal",
            robots = new[] { id },
            lastSeq = 0,
            capabilities = new Dictionary<string, string[]> { [id] = ["room.create", "room.send", "contact.list"] },
        });
        var answering = AnswerAsync(socket);
        await EventAsync(socket, 1, id, "robot.scan", new { qr = "https://login.weixin.qq.com/l/abc", status = "waiting" });
        await Assertions.Expect(page.GetByTestId("login-qr")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("can-room-announce")).ToContainTextAsync("不支持");
        await Browser.LookAsync(page, "robot-scan");
        await EventAsync(socket, 2, id, "robot.login", new { userId = "wxid_robot", name = "小助手", avatar = (string?)null });
        await Assertions.Expect(page.GetByTestId("robot-state")).ToHaveTextAsync("已登录");

        await page.GetByTestId("choose-seeds").ClickAsync();
        await page.GetByTestId("friend-wxid_a").ClickAsync();
        await Assertions.Expect(page.GetByTestId("save-seeds")).ToBeDisabledAsync();
        await page.GetByTestId("friend-wxid_b").ClickAsync();
        await Browser.LookAsync(page, "robot-seeds");
        await page.GetByTestId("save-seeds").ClickAsync();
        await Assertions.Expect(page.GetByTestId("robot-seeds")).ToContainTextAsync("wxid_a、wxid_b");
        await Browser.LookAsync(page, "robot");

        socket.Abort();
        await answering;
        await Assertions.Expect(page.GetByTestId("robot-state")).ToHaveTextAsync("网关未连接");
    }

    private static async Task<ClientWebSocket> DialAsync(ServerProcess server, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.SetRequestHeader("X-Gateway-Id", "gw-1");
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/robot-gateway/v1/ws"), Ct);
        return socket;
    }

    private static readonly SemaphoreSlim Sending = new(1);

    // A socket takes one message at a time.
    private static async Task SendAsync(ClientWebSocket socket, object message)
    {
        await Sending.WaitAsync(Ct);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, Ct);
        }
        finally
        {
            Sending.Release();
        }
    }

    private static Task EventAsync(ClientWebSocket socket, int seq, string robotId, string type, object data) =>
        SendAsync(socket, new { v = 1, kind = "event", seq, id = Guid.NewGuid().ToString(), type, robotId, at = DateTimeOffset.UtcNow, data });

    /// <summary>Refuses what it is asked, but lists its contacts.</summary>
    private static async Task AnswerAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), Ct);
                var message = JsonDocument.Parse(buffer.AsMemory(0, read.Count).ToArray()).RootElement;
                if (message.Text("kind") != "cmd")
                {
                    continue;
                }

                object contacts = new { contacts = new[] { Friend("wxid_a", "爱丽丝"), Friend("wxid_b", "Bob") } };
                object answer = message.Text("type") == "contact.list"
                    ? new { v = 1, kind = "result", id = message.Id(), ok = true, data = contacts }
                    : new { v = 1, kind = "result", id = message.Id(), ok = false, error = new { code = "UNSUPPORTED", message = "no" } };
                await SendAsync(socket, answer);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static object Friend(string id, string name) => new { id, name, avatar = (string?)null, friend = true };
}
