using System.Text.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots.Inbox;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Robots;

/// <summary>Events: stored once, then acknowledged, reacted to in order and once.</summary>
public sealed class InboxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [BothStores]
    public async Task Events_AreHeardOnceAndInOrder_HoweverOftenTheyCome(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var heard = RobotDesk.HeardBy(app);
        var ids = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid().ToString()).ToList();
        await using (var gateway = await FakeGateway.ConnectAsync(app, robot))
        {
            for (var number = 1; number <= 20; number++)
            {
                await gateway.EventAsync(number, "room.message", new { text = $"{number}" }, ids[number - 1]);
            }

            await gateway.AckedAsync(20);
        }

        // After a break: everything again, then what is new; and one twice in a row.
        await using var again = await FakeGateway.ConnectAsync(app, robot);
        for (var number = 11; number <= 30; number++)
        {
            await again.EventAsync(number, "room.message", new { text = $"{number}" }, ids[number - 1]);
        }

        await again.EventAsync(30, "room.message", new { text = "30" }, ids[29]);
        await again.AckedAsync(30);

        await Eventually.BeAsync(() => heard.Events.Count >= 30);
        await Eventually.BeAsync(async () => await desk.ShowAsync(robot), seen => seen.Text("name") == "一号机" + new string('+', 30));
        heard.Events.ShouldBe(Enumerable.Range(1, 30).Select(number => $"{number}"));
    }

    [Theory]
    [BothStores]
    public async Task Events_AreAcknowledged_OnlyWhenTheyAreCommitted(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await gateway.EventAsync(1, "robot.ready", new { });
        await gateway.AckedAsync(1);
        await desk.UntilAsync(robot, seen => !seen.IsNull("contactsAt"));
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);

        // Somebody else holds the robot's row: nothing can be committed.
        await connection.ExecuteAsync("UPDATE robot_states SET tenant_id = tenant_id", transaction: transaction);
        await gateway.EventAsync(2, "room.message", new { text = "等一等" });
        await gateway.EventAsync(3, "room.message", new { text = "再等等" });
        var acked = gateway.AckedAsync(3);
        (await Task.WhenAny(acked, Task.Delay(TimeSpan.FromMilliseconds(700), Ct))).ShouldNotBe(acked);
        RobotDesk.HeardBy(app).Events.ShouldBeEmpty();
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM robot_inbox WHERE type = 'room.message'", transaction: transaction)).ShouldBe(0);
        await transaction.RollbackAsync(Ct);

        await acked;
        await Eventually.BeAsync(() => RobotDesk.HeardBy(app).Events.Count == 2);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM robot_inbox WHERE type = 'room.message'")).ShouldBe(2);
    }

    [Fact]
    public async Task Events_ThatAreNotWanted_AreAcknowledgedAndDropped()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var other = await desk.AddAsync(name: "二号机");
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        await gateway.EventAsync(1, "room.painted", new { });
        await gateway.EventAsync(2, "room.message", new { text = "别人的" }, robotId: other.Id);
        await gateway.EventAsync(3, "room.message", new { text = "太长", padding = Enumerable.Repeat(new string('x', 9_000), 200) });
        await gateway.EventAsync(4, "room.message", new { text = "好的" });
        await gateway.AckedAsync(4);

        await Eventually.BeAsync(() => !RobotDesk.HeardBy(app).Events.IsEmpty);
        RobotDesk.HeardBy(app).Events.ShouldBe(["好的"]);
        (await desk.Desk.GetAsync($"robots/{robot.Id}/events").JsonAsync()).Number("total").ShouldBe(1);
        (await desk.Desk.GetAsync($"robots/{other.Id}/events").JsonAsync()).Number("total").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Texts_AreBounded_AndFreeOfWhatBreaksOthers(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        string[] texts = ["\"a\\u0000b\\u001b[31m\\n好\"", "\"\\ud800\"", $"\"{new string('长', 20_000)}\"", "\"😀\\u0085\""];

        for (var at = 0; at < texts.Length; at++)
        {
            var message = $$$"""{"v":1,"kind":"event","seq":{{{at + 1}}},"id":"{{{Guid.NewGuid()}}}","type":"room.message","robotId":"{{{robot.Id}}}","at":"2026-11-22T03:59:59Z","data":{"text":{{{texts[at]}}}}}""";
            await gateway.SendBytesAsync(System.Text.Encoding.UTF8.GetBytes(message));
        }

        await Eventually.BeAsync(() => RobotDesk.HeardBy(app).Events.Count == texts.Length);
        RobotDesk.HeardBy(app).Events.ShouldBe(["ab[31m\n好", "\uFFFD", new string('长', 10_000), "😀"]);
    }

    [Theory]
    [BothStores]
    public async Task Listener_ThatFails_IsTriedAgain_WithItsEffectsUndone(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var heard = RobotDesk.HeardBy(app);
        var tries = 0;
        heard.Failing = happened =>
        {
            if (happened.Data.TryGetProperty("text", out var text) && text.GetString() == "难" && Interlocked.Increment(ref tries) <= 2)
            {
                throw new InvalidOperationException("今天不行");
            }
        };
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        await gateway.EventAsync(1, "room.message", new { text = "难" });
        await gateway.EventAsync(2, "room.message", new { text = "易" });
        var waiting = await desk.UntilAsync(robot, seen => seen.At("lastEvents").EnumerateArray().Any(one => !one.IsNull("error")));
        waiting.At("lastEvents").EnumerateArray().First(one => !one.IsNull("error")).Text("error").ShouldBe("InvalidOperationException: 今天不行");
        heard.Events.ShouldBeEmpty("the second waits for the first");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.BeAsync(() => Volatile.Read(ref tries) == 2);
        await Eventually.BeAsync(
            async () =>
            {
                // The second wait is two seconds from whenever that try was written down.
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                return await desk.ShowAsync(robot);
            },
            seen => heard.Events.Count == 2);

        heard.Events.ShouldBe(["难", "易"]);
        (await desk.UntilAsync(robot, seen => seen.Text("name") == "一号机++")).Number("parkedEvents").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Listener_ThatAlwaysFails_IsLeftBehind(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var heard = RobotDesk.HeardBy(app);
        heard.Failing = happened =>
        {
            if (happened.Data.TryGetProperty("text", out var text) && text.GetString() == "坏")
            {
                throw new JsonException("坏");
            }
        };
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await gateway.EventAsync(1, "room.message", new { text = "坏" });
        await gateway.EventAsync(2, "room.message", new { text = "好" });

        await Eventually.BeAsync(
            async () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(5));
                await app.Services.GetRequiredService<ReactToRobots>().RunAsync(Ct);
                return await desk.ShowAsync(robot);
            },
            seen => seen.Number("parkedEvents") == 1 && heard.Events.Count == 1);

        heard.Events.ShouldBe(["好"]);
        var events = (await desk.Desk.GetAsync($"robots/{robot.Id}/events").JsonAsync()).At("items").EnumerateArray().ToList();
        events.Single(one => one.Text("state") == "parked").Text("error").ShouldBe("JsonException: 坏");
        (await desk.ShowAsync(robot)).Text("name").ShouldBe("一号机+", "what the failed one did is undone");
    }

    [Fact]
    public async Task TwoProcesses_ReactOnceBetweenThem()
    {
        await using var app = await RobotDesk.StartAsync(Store.Postgres);
        await using var another = app.StartAnother();
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        for (var number = 1; number <= 40; number++)
        {
            await gateway.EventAsync(number, "room.message", new { text = $"{number}" });
        }

        await gateway.AckedAsync(40);
        await Task.WhenAll(
            app.Services.GetRequiredService<ReactToRobots>().RunAsync(Ct), another.Services.GetRequiredService<ReactToRobots>().RunAsync(Ct));

        await desk.UntilAsync(robot, seen => seen.Text("name") == "一号机" + new string('+', 40));
        (RobotDesk.HeardBy(app).Events.Count + RobotDesk.HeardBy(another).Events.Count).ShouldBe(40);
    }

    [Fact]
    public async Task Examples_OfTheProtocol_AreAllTaken()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        var seq = 0;

        foreach (var (type, data) in GatewayContract.Examples("events"))
        {
            await gateway.EventAsync(++seq, type, data);
        }

        await gateway.AckedAsync(seq);
        seq.ShouldBeGreaterThan(10);
        var events = await Eventually.BeAsync(
            () => desk.Desk.GetAsync($"robots/{robot.Id}/events?pageSize=100").JsonAsync(), seen => seen.At("items").EnumerateArray().All(one => one.Text("state") == "done"));
        events.Number("total").ShouldBe(seq);
    }

    [Theory]
    [BothStores]
    public async Task Login_IsFollowed_FromTheQrOn(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot, prepare: one => one.LoginState = "stopped");
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "stopped");
        await desk.Desk.GetAsync($"robots/{robot.Id}/login-qr").ProblemAsync(System.Net.HttpStatusCode.NotFound, "not-found");

        await gateway.EventAsync(1, "robot.scan", new { qr = "https://login.weixin.qq.com/l/abc", status = "waiting" });
        (await desk.UntilAsync(robot, seen => seen.Text("login.state") == "scanning")).Text("login.qr").ShouldBe("https://login.weixin.qq.com/l/abc");
        using (var picture = await desk.Desk.GetAsync($"robots/{robot.Id}/login-qr"))
        {
            picture.Content.Headers.ContentType?.MediaType.ShouldBe("image/png");
            (await picture.Content.ReadAsByteArrayAsync(Ct)).AsSpan(1, 3).ToArray().ShouldBe("PNG"u8.ToArray());
        }

        await gateway.EventAsync(2, "robot.login", new { userId = "wxid_robot", name = "小助手", avatar = (string?)null });
        var online = await desk.UntilAsync(robot, seen => seen.Text("login.state") == "online" && !seen.IsNull("contactsAt"));
        online.Text("login.userName").ShouldBe("小助手");
        online.IsNull("login.qr").ShouldBeTrue();
        var contacts = await desk.Desk.GetAsync($"robots/{robot.Id}/contacts?friends=true&q=bob").JsonAsync();
        contacts.Texts("id").ShouldBe(["wxid_b"]);

        await gateway.EventAsync(3, "robot.logout", new { userId = "wxid_robot", reason = "kicked out" });
        (await desk.UntilAsync(robot, seen => seen.Text("login.state") == "offline")).Text("lastError.message").ShouldBe("kicked out");
    }

    [Theory]
    [BothStores]
    public async Task Retention_DeletesWhatIsOld_AndLeavesWhatWaits(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var firstDay = app.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var reacted = $"robot_inbox WHERE state <> 1 AND type IN ('room.message', 'room.list') AND done_at <= {firstDay}";
        await using (var gateway = await FakeGateway.ConnectAsync(app, robot))
        {
            await gateway.EventAsync(1, "room.message", new { text = "旧" });
            await gateway.DoneAsync(await DoneCommandAsync(desk, robot, gateway), new { rooms = Array.Empty<object>() });
            await Eventually.BeAsync(() => CountAsync(app, reacted), done => done >= 2);
        }

        // Sent while the session is still being ended, it would be taken for sent.
        await desk.UntilAsync(robot, seen => !seen.Flag("online"));
        var kept = await desk.SendAsync(robot, "room.list", new { }, within: TimeSpan.FromDays(60));
        app.Clock.Advance(TimeSpan.FromDays(29));
        await RetainAsync(app);
        (await CountAsync(app, reacted)).ShouldBeGreaterThanOrEqualTo(2);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await RetainAsync(app);

        // Other rows of the server's own (the account it asks for) may have ended only when the days had passed: they are younger.
        (await CountAsync(app, reacted)).ShouldBe(0);
        (await CountAsync(app, $"robot_commands WHERE state > 2 AND done_at <= {firstDay}")).ShouldBe(0);
        (await desk.CommandAsync(kept)).State.ShouldBe(Domain.Robots.CommandState.Queued);
    }

    private static async Task<JsonElement> DoneCommandAsync(RobotDesk desk, NewRobot robot, FakeGateway gateway)
    {
        await desk.SendAsync(robot, "room.list", new { });
        return await gateway.CommandAsync("room.list");
    }

    private static Task RetainAsync(HuomaApp app) => app.Services.GetRequiredService<RobotRetention>().RunAsync(Ct);

    private static async Task<long> CountAsync(HuomaApp app, string table)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        return await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}");
    }
}
