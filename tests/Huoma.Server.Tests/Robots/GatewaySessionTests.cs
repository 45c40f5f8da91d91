using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Robots;

/// <summary>docs/robot-gateway.md, sections 1 and 2, on a real socket.</summary>
public sealed class GatewaySessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dial_IsRefusedBeforeTheUpgrade()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();

        await desk.Desk.GetAsync("robots").JsonAsync();
        (await StatusAsync(app, robot.Token + "x", "gw-1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, "", "gw-1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, new string('x', 300), "gw-1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(app, robot.Token, "gw 1")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(app, robot.Token, new string('g', 65))).ShouldBe(HttpStatusCode.BadRequest);
        using var plain = new HttpClient { BaseAddress = app.Address };
        plain.DefaultRequestHeaders.Add("Authorization", $"Bearer {robot.Token}");
        plain.DefaultRequestHeaders.Add("X-Gateway-Id", "gw-1");
        await plain.GetAsync("/robot-gateway/v1/ws", Ct).ProblemAsync(HttpStatusCode.BadRequest, "robot-gateway.no-upgrade");
        plain.DefaultRequestHeaders.Remove("Authorization");
        await plain.GetAsync($"/robot-gateway/v1/ws?token={robot.Token}", Ct).ProblemAsync(HttpStatusCode.Unauthorized, "robot-gateway.token");
    }

    [Theory]
    [BothStores]
    public async Task Hello_IsWelcome_AndShownAsOnline(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        (await desk.ShowAsync(robot)).Flag("online").ShouldBeFalse();
        object hello = new
        {
            v = 1,
            kind = "hello",
            gatewayId = "gw-1",
            version = "1.2.3",
            puppet = "padlocal",
            robots = new[] { robot.Id },
            lastSeq = 10,
            later = true,
            capabilities = new Dictionary<string, string[]> { [robot.Id] = ["robot.start", "room.create", "room.send"] },
        };

        await using (await FakeGateway.ConnectAsync(app, robot, hello: hello))
        {
            var shown = await desk.UntilAsync(robot, seen => seen.Text("login.state") == "online" && !seen.IsNull("contactsAt"));
            shown.Flag("online").ShouldBeTrue();
            shown.Text("since").ShouldBe("2026-11-22T04:00:00.000Z");
            shown.Text("gateway.version").ShouldBe("1.2.3");
            shown.Text("gateway.puppet").ShouldBe("padlocal");
            shown.Text("login.userId").ShouldBe("wxid_robot");
            shown.At("capabilities").EnumerateArray().Select(word => word.GetString()).ShouldBe(["robot.start", "room.create", "room.send"]);
            app.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        var gone = await desk.UntilAsync(robot, seen => !seen.Flag("online"));
        gone.Text("since").ShouldBe("2026-11-22T04:00:30.000Z");
    }

    [Theory]
    [InlineData("not json", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("{}", 4400)]
    [InlineData("""{"v":1,"kind":"hello"}""", 4400)]
    [InlineData("""{"v":2,"kind":"hello"}""", 4406)]
    [InlineData("""{"v":1,"kind":"event","seq":1,"id":"a","type":"robot.ready","robotId":"r","at":"2026-11-22T10:00:05.000Z","data":{}}""", 4400)]
    [InlineData("""{"v":1,"kind":"hello","gatewayId":"gw-2","version":"1","puppet":"p","robots":["ROBOT"],"lastSeq":0}""", 4400)]
    [InlineData("""{"v":1,"kind":"hello","gatewayId":"gw-1","version":"1","puppet":"p","robots":["ROBOT","00000000001"],"lastSeq":0}""", 4403)]
    [InlineData("""{"v":1,"kind":"hello","gatewayId":"gw-1","version":"1","puppet":"p","robots":[],"lastSeq":0}""", 4400)]
    public async Task FirstMessage_ThatIsNoHello_EndsIt(string message, int code)
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.DialAsync(app, robot);

        await gateway.SendBytesAsync(Encoding.UTF8.GetBytes(message.Replace("ROBOT", robot.Id, StringComparison.Ordinal)));

        (await gateway.ClosedAsync()).ShouldBe(code);
        (await desk.ShowAsync(robot)).Flag("online").ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_EndsIt()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite, new Dictionary<string, string?> { ["Huoma:Robots:HelloSeconds"] = "1" });
        var desk = await RobotDesk.OpenAsync(app);
        await using var gateway = await FakeGateway.DialAsync(app, await desk.AddAsync());

        (await gateway.ClosedAsync()).ShouldBe(4400);
    }

    [Fact]
    public async Task Messages_ThatAreNotOfTheProtocol_EndIt_AndOthersOfNoKnownKindDoNot()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        byte[][] wrong =
        [
            "{"u8.ToArray(), "null"u8.ToArray(), [0xFF, 0xFE], """{"v":1,"kind":"result","id":"a"}"""u8.ToArray(),
            """{"v":1,"kind":"event","seq":0,"id":"a","type":"robot.ready","robotId":"r","at":"2026-11-22T10:00:05.000Z","data":{}}"""u8.ToArray(),
            JsonSerializer.SerializeToUtf8Bytes(FakeGateway.Hello(robot.Id)),
            Encoding.UTF8.GetBytes($$"""{"v":1,"kind":"ping","deep":{{new string('[', 100)}}{{new string(']', 100)}}}"""),
        ];

        foreach (var message in wrong)
        {
            await using var gateway = await FakeGateway.ConnectAsync(app, robot);
            await gateway.SendBytesAsync(message);

            // Bytes that are no text end it below us: the connection is broken off.
            var code = await gateway.EndAsync();
            (code == 4400 || message[0] == 0xFF).ShouldBeTrue($"{code}: {Encoding.UTF8.GetString(message)}");
        }

        await using var patient = await FakeGateway.ConnectAsync(app, robot);
        await patient.SendAsync(new { v = 1, kind = "later", whatever = true });
        await patient.EventAsync(1, "robot.ready", new { });
        await patient.AckedAsync(1);
    }

    [Fact]
    public async Task Binary_EndsIt()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        await using var gateway = await FakeGateway.ConnectAsync(app, await desk.AddAsync());

        await gateway.SendBytesAsync("{}"u8.ToArray(), WebSocketMessageType.Binary);

        (await gateway.ClosedAsync()).ShouldBe(4400);
    }

    [Fact]
    public async Task TooLarge_EndsItWith1009_AndJustSmallEnoughDoesNot()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        await using var gateway = await FakeGateway.ConnectAsync(app, await desk.AddAsync());
        const string begin = """{"v":1,"kind":"later","padding":"x""";
        const int most = 8 * 1024 * 1024;

        await gateway.SendBytesAsync(Encoding.UTF8.GetBytes(begin.PadRight(most - 2, 'x') + "\"}"));
        await gateway.EventAsync(1, "robot.ready", new { });
        await gateway.AckedAsync(1);
        await gateway.SendBytesAsync(Encoding.UTF8.GetBytes(begin.PadRight(most - 1, 'x') + "\"}"));

        (await gateway.ClosedAsync()).ShouldBe(1009);
    }

    [Theory]
    [BothStores]
    public async Task Newest_Wins_ForARobot(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var old = await FakeGateway.ConnectAsync(app, robot, "gw-1");

        await using var next = await FakeGateway.ConnectAsync(app, robot, "gw-2");

        (await old.ClosedAsync()).ShouldBe(4409);
        await next.EventAsync(1, "robot.ready", new { });
        await next.AckedAsync(1);
        (await desk.ShowAsync(robot)).Text("gateway.id").ShouldBe("gw-2");
        (await desk.ShowAsync(robot)).Flag("online").ShouldBeTrue();
    }

    [Theory]
    [BothStores]
    public async Task Newest_Wins_ForAGatewayId_OfTheSameTenantOnly(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var other = await LiveCodes.Desk.OpenOtherTenantAsync(app);
        var foreign = await other.PostAsync("robots", new { name = "别家的", driver = "simulator" }).JsonAsync(HttpStatusCode.Created);
        await using var elsewhere = await FakeGateway.ConnectAsync(app, new NewRobot(foreign.Id(), foreign.Text("gatewayToken")), "gw-1");
        await using var old = await FakeGateway.ConnectAsync(app, await desk.AddAsync(), "gw-1");

        await using var next = await FakeGateway.ConnectAsync(app, await desk.AddAsync(name: "二号机"), "gw-1");

        (await old.ClosedAsync()).ShouldBe(4409);
        await elsewhere.EventAsync(1, "robot.ready", new { });
        await elsewhere.AckedAsync(1);
    }

    [Fact]
    public async Task Newest_Wins_InAnotherProcessToo()
    {
        await using var app = await RobotDesk.StartAsync(Store.Postgres);
        await using var another = app.StartAnother();
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var old = await FakeGateway.ConnectAsync(app, robot);
        var id = await desk.CreateRoomAsync(robot);
        var command = await old.CommandAsync("room.create");

        await using var next = await FakeGateway.ConnectAsync(another, robot);

        (await old.ClosedAsync()).ShouldBe(4409);

        // What the other was told and did not answer is told again, by the same id; new commands go to the new one whoever sends them.
        (await next.CommandAsync("room.create")).Id().ShouldBe(command.Id());
        await next.DoneAsync(command, new { roomId = "1@chatroom", nameApplied = true });
        await desk.UntilAsync(id, Domain.Robots.CommandState.Done);
        await desk.SendAsync(robot, "room.list", new { }, from: app);
        await next.CommandAsync("room.list");
        await Eventually.BeAsync(() => RobotDesk.HeardBy(app).Results.Count + RobotDesk.HeardBy(another).Results.Count == 1);
    }

    [Theory]
    [BothStores]
    public async Task Token_ThatWasReplaced_EndsItsSession(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        var renewed = await desk.Desk.PostAsync($"robots/{robot.Id}/token", new { }).JsonAsync();

        (await gateway.ClosedAsync()).ShouldBe(4401);
        (await StatusAsync(app, robot.Token, "gw-1")).ShouldBe(HttpStatusCode.Unauthorized);
        await using var again = await FakeGateway.ConnectAsync(app, robot with { Token = renewed.Text("gatewayToken") });
    }

    [Fact]
    public async Task Delete_EndsItsSession()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        await desk.Desk.DeleteAsync($"robots/{robot.Id}").JsonAsync(HttpStatusCode.NoContent);

        (await gateway.ClosedAsync()).ShouldBe(4401);
        (await StatusAsync(app, robot.Token, "gw-1")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Stopping_SaysSo_AfterWhatWasTakenInIsStored()
    {
        var app = await RobotDesk.StartAsync(Store.Postgres);
        await using var another = app.StartAnother();
        var desk = await RobotDesk.OpenAsync(another);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await gateway.EventAsync(1, "room.message", new { text = "最后一句" });
        await gateway.AckedAsync(1);

        await app.DisposeAsync();

        (await gateway.ClosedAsync()).ShouldBe(1001);
        (await desk.ShowAsync(robot)).Flag("online").ShouldBeFalse();
        await Eventually.BeAsync(async () => (await desk.ShowAsync(robot)).At("lastEvents")[0], seen => seen.Text("type") == "room.message" && seen.Text("state") == "done");
    }

    private static async Task<HttpStatusCode> StatusAsync(HuomaApp app, string token, string gatewayId)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.SetRequestHeader("X-Gateway-Id", gatewayId);
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{app.Address.Authority}/robot-gateway/v1/ws"), Ct));
        return socket.HttpStatusCode;
    }
}
