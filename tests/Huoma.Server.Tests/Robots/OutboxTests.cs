using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Robots.Inbox;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Robots;

/// <summary>Commands: sent as the limits allow, once, and heard of once.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [BothStores]
    public async Task Command_GoesOut_AndItsResultIsHeardOnce(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        var id = await desk.CreateRoomAsync(robot);
        var command = await gateway.CommandAsync("room.create");
        command.Id().ShouldBe(id);
        command.Text("deadline").ShouldBe("2026-11-22T04:10:00.000Z");
        command.At("data").GetRawText().ShouldBe("""{"name":"护肤交流群1","memberIds":["wxid_a","wxid_b"]}""");
        await gateway.DoneAsync(command, new { roomId = "1@chatroom", nameApplied = true });
        await gateway.DoneAsync(command, new { roomId = "2@chatroom", nameApplied = true });

        var done = await desk.UntilAsync(id, CommandState.Done);
        done.Result.ShouldBe("""{"roomId":"1@chatroom","nameApplied":true}""");
        await Eventually.BeAsync(() => !RobotDesk.HeardBy(app).Results.IsEmpty);
        await gateway.EventAsync(1, "room.message", new { text = "后来" });
        await Eventually.BeAsync(() => !RobotDesk.HeardBy(app).Events.IsEmpty);
        RobotDesk.HeardBy(app).Results.ShouldBe([(id, CommandState.Done, done.Result, null, 7L)]);
    }

    [Theory]
    [BothStores]
    public async Task Command_IsSentAgainByTheSameId_AfterABreak_UntilItsResultIsThere(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var gateway = await FakeGateway.ConnectAsync(app, robot);
        var id = await desk.CreateRoomAsync(robot);
        await gateway.CommandAsync("room.create");
        await gateway.BreakAsync();
        await desk.UntilAsync(robot, seen => !seen.Flag("online"));

        // Even past its deadline: the gateway may have done it, and kept the result.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Services.GetRequiredService<RunOutCommands>().RunAsync(Ct);
        await using var again = await FakeGateway.ConnectAsync(app, robot);
        var command = await again.CommandAsync("room.create");
        command.Id().ShouldBe(id);
        command.Text("deadline").ShouldBe("2026-11-22T04:10:00.000Z");
        await again.DoneAsync(command, new { roomId = "1@chatroom", nameApplied = true });
        await desk.UntilAsync(id, CommandState.Done);
        await again.BreakAsync();

        await using var third = await FakeGateway.ConnectAsync(app, robot);
        await desk.SendAsync(robot, "room.list", new { });
        await third.CommandAsync("room.list");
        await Eventually.BeAsync(() => RobotDesk.HeardBy(app).Results.Count == 1);
    }

    [Theory]
    [BothStores]
    public async Task Command_ThatIsNotSavedByItsCaller_IsNotSent(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        RobotDesk.HeardBy(app).Failing = happened =>
        {
            if (happened.Type == "room.renamed")
            {
                throw new InvalidOperationException("nothing of it happens");
            }
        };

        await gateway.EventAsync(1, "room.renamed", new { });
        await desk.UntilAsync(robot, seen => seen.At("lastEvents").EnumerateArray().Any(one => !one.IsNull("error")));
        await desk.SendAsync(robot, "room.list", new { });

        await gateway.CommandAsync("room.list");
        gateway.HasCommands.ShouldBeFalse();
    }

    [Theory]
    [BothStores]
    public async Task Pace_IsKept_AndOthersPass(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);

        await desk.CreateRoomAsync(robot, "一群", TimeSpan.FromHours(1));
        (await gateway.CommandAsync("room.create")).Text("data.name").ShouldBe("一群");
        await desk.CreateRoomAsync(robot, "二群", TimeSpan.FromHours(1));
        var hello = await desk.SayAsync(robot, "大家好");
        var later = await desk.SendAsync(robot, "room.list", new { }, notBefore: app.Clock.GetUtcNow().AddSeconds(30));

        (await gateway.CommandAsync("room.send")).Id().ShouldBe(hello);
        await desk.SendAsync(robot, "room.qr", new { roomId = "1@chatroom" });
        await gateway.CommandAsync("room.qr");
        gateway.HasCommands.ShouldBeFalse("the second group waits two minutes");
        (await desk.ShowAsync(robot)).Number("commands.waiting").ShouldBe(2);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await gateway.CommandAsync("room.list")).Id().ShouldBe(later);
        app.Clock.Advance(TimeSpan.FromSeconds(90));
        (await gateway.CommandAsync("room.create")).Text("data.name").ShouldBe("二群");
    }

    [Theory]
    [BothStores]
    public async Task Groups_AreNotMoreThanTheDayAllows(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await desk.Desk.PatchAsync($"robots/{robot.Id}", new { limits = new { groupsPerDay = 2, createSpacingSeconds = 0 } }).JsonAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        foreach (var name in (string[])["一群", "二群", "三群"])
        {
            await desk.CreateRoomAsync(robot, name, TimeSpan.FromDays(3));
        }

        await gateway.DoneAsync(await gateway.CommandAsync("room.create"), new { roomId = "1@chatroom", nameApplied = true });
        await gateway.DoneAsync(await gateway.CommandAsync("room.create"), new { roomId = "2@chatroom", nameApplied = true });
        app.Clock.Advance(TimeSpan.FromHours(23));
        await desk.SendAsync(robot, "room.list", new { });
        await gateway.CommandAsync("room.list");
        gateway.HasCommands.ShouldBeFalse();

        app.Clock.Advance(TimeSpan.FromHours(1));
        (await gateway.CommandAsync("room.create")).Text("data.name").ShouldBe("三群");
    }

    [Theory]
    [BothStores]
    public async Task RateLimited_StopsNewGroupsForADay_AndIsSentAgainByTheSameId(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        var id = await desk.CreateRoomAsync(robot, "一群", TimeSpan.FromDays(3));
        await gateway.FailAsync(await gateway.CommandAsync("room.create"), "RATE_LIMITED", retryAfterSec: 600);
        await desk.UntilAsync(id, CommandState.Queued);
        (await desk.UntilAsync(robot, seen => !seen.IsNull("creationStoppedUntil"))).Text("creationStoppedUntil").ShouldBe("2026-11-23T04:00:00.000Z");
        await desk.CreateRoomAsync(robot, "二群", TimeSpan.FromDays(3));

        app.Clock.Advance(TimeSpan.FromHours(23));
        await desk.SendAsync(robot, "room.list", new { });
        await gateway.CommandAsync("room.list");
        gateway.HasCommands.ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromHours(1));

        (await gateway.CommandAsync("room.create")).Id().ShouldBe(id);
        RobotDesk.HeardBy(app).Results.ShouldBeEmpty();
    }

    [Theory]
    [BothStores]
    public async Task Offline_WaitsForTheLogin(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await desk.UntilAsync(robot, seen => !seen.IsNull("contactsAt"));
        var id = await desk.SayAsync(robot, "大家好");
        gateway.LoginState = "offline";
        await gateway.FailAsync(await gateway.CommandAsync("room.send"), "ROBOT_OFFLINE");
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "offline");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var shown = await Eventually.BeAsync(() => desk.Desk.GetAsync($"robots/{robot.Id}/commands?show=open").JsonAsync(), seen => seen.Number("total") == 1);
        shown.At("items")[0].Text("errorCode").ShouldBe("ROBOT_OFFLINE");

        gateway.LoginState = "online";
        await gateway.EventAsync(1, "robot.login", new { userId = "wxid_robot", name = "小助手", avatar = (string?)null });

        (await gateway.CommandAsync("room.send")).Id().ShouldBe(id);
        (await desk.CommandAsync(id)).Attempts.ShouldBe(2);
    }

    [Theory]
    [BothStores]
    public async Task Deadline_EndsWhatWaits_WithoutAnyGateway(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var id = await desk.CreateRoomAsync(robot);

        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.Services.GetRequiredService<RunOutCommands>().RunAsync(Ct);

        (await desk.CommandAsync(id)).State.ShouldBe(CommandState.Expired);
        await Eventually.BeAsync(() => !RobotDesk.HeardBy(app).Results.IsEmpty);
        RobotDesk.HeardBy(app).Results.ShouldBe([(id, CommandState.Expired, null, "EXPIRED", 7L)]);
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await desk.SendAsync(robot, "room.list", new { });
        await gateway.CommandAsync("room.list");
    }

    [Theory]
    [BothStores]
    public async Task UnknownOutcome_IsShown_AndNeverRepeated(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var gateway = await FakeGateway.ConnectAsync(app, robot);
        var id = await desk.CreateRoomAsync(robot);
        await gateway.FailAsync(await gateway.CommandAsync("room.create"), "UNKNOWN_OUTCOME");
        await desk.UntilAsync(id, CommandState.Unknown);
        await gateway.BreakAsync();

        await using var again = await FakeGateway.ConnectAsync(app, robot);
        await desk.SendAsync(robot, "room.list", new { });
        await again.CommandAsync("room.list");

        again.HasCommands.ShouldBeFalse();
        (await desk.ShowAsync(robot)).Number("commands.unknown").ShouldBe(1);
        (await desk.Desk.GetAsync($"robots/{robot.Id}/commands?show=unknown").JsonAsync()).At("items")[0].Text("purpose").ShouldBe("test.purpose");
        await Eventually.BeAsync(() => !RobotDesk.HeardBy(app).Results.IsEmpty);
        RobotDesk.HeardBy(app).Results.ShouldBe([(id, CommandState.Unknown, null, "UNKNOWN_OUTCOME", 7L)]);
    }

    [Fact]
    public async Task PartlyDone_IsFinal_AndSaysHowFarItCame()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        var id = await desk.SayAsync(robot, "大家好");

        await gateway.FailAsync(await gateway.CommandAsync("room.send"), "ROBOT_OFFLINE", data: new { msgIds = new[] { "m-1" }, sentParts = 1 });

        (await desk.UntilAsync(id, CommandState.Failed)).Result.ShouldBe("""{"msgIds":["m-1"],"sentParts":1}""");
    }

    [Theory]
    [BothStores]
    public async Task Disabled_IsToldNothing_ButToStop(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        await using var gateway = await FakeGateway.ConnectAsync(app, robot);
        await desk.UntilAsync(robot, seen => !seen.IsNull("contactsAt"));
        await desk.Desk.PatchAsync($"robots/{robot.Id}", new { enabled = false }).JsonAsync();
        var id = await desk.SayAsync(robot, "大家好");

        await desk.Desk.PostAsync($"robots/{robot.Id}/start", new { }).ProblemAsync(System.Net.HttpStatusCode.Conflict, "robot.disabled");
        await desk.Desk.PostAsync($"robots/{robot.Id}/stop", new { }).JsonAsync(System.Net.HttpStatusCode.Accepted);
        await gateway.DoneAsync(await gateway.CommandAsync("robot.stop"), new { state = "stopped" });
        gateway.HasCommands.ShouldBeFalse();
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "stopped");

        await desk.Desk.PatchAsync($"robots/{robot.Id}", new { enabled = true }).JsonAsync();
        await desk.Desk.PostAsync($"robots/{robot.Id}/start", new { }).JsonAsync(System.Net.HttpStatusCode.Accepted);
        await gateway.DoneAsync(await gateway.CommandAsync("robot.start"), new { state = "online" });
        (await gateway.CommandAsync("room.send")).Id().ShouldBe(id);
    }

    [Fact]
    public async Task Started_IsStartedAgain_WhenItsGatewayComesBack()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite);
        var desk = await RobotDesk.OpenAsync(app);
        var robot = await desk.AddAsync();
        var gateway = await FakeGateway.ConnectAsync(app, robot, prepare: one => one.LoginState = "stopped");
        await desk.Desk.PostAsync($"robots/{robot.Id}/start", new { }).JsonAsync(System.Net.HttpStatusCode.Accepted);
        await gateway.DoneAsync(await gateway.CommandAsync("robot.start"), new { state = "starting" });
        await desk.UntilAsync(robot, seen => seen.Text("login.state") == "starting");
        await gateway.BreakAsync();

        await using var again = await FakeGateway.ConnectAsync(app, robot, prepare: one => one.LoginState = "stopped");

        await again.CommandAsync("robot.start");
    }

    [Fact]
    public void WhatIsSent_PassesTheSchemas_AlsoWhenItComesFromTheirExamples()
    {
        var seen = 0;
        foreach (var (definition, data) in GatewayContract.Examples("commands").Where(example => example.Definition.EndsWith(".data", StringComparison.Ordinal)))
        {
            var command = new RobotCommand(new RobotCommandId(5), new TenantId(1), new RobotId(2), definition[..^5], data.GetRawText(), "test", 0);
            command.Waits(DateTimeOffset.UnixEpoch, 0, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
            using var sent = JsonDocument.Parse(Huoma.Server.Robots.Gateway.GatewayJson.Command(command, "https://hm.example.com"));
            GatewayContract.Check(sent.RootElement);
            seen++;
        }

        seen.ShouldBeGreaterThan(10);
    }
}
