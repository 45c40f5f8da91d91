using System.Text.Json;
using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

public sealed class SimCommandsTests
{
    [Fact]
    public void Start_ShowsAQr_AndNeedsNoScan_TheNextTime()
    {
        var world = new SimWorld(1);
        var now = new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
        var robot = world.RobotOf("r1", "小活");

        robot.Start(world, now);
        robot.LoginQr.ShouldNotBeNull();
        robot.Scan(world, now).ShouldBeNull();
        robot.Outbox.Select(told => told.Type).ShouldBe(["robot.scan", "robot.scan", "robot.scan", "robot.login", "robot.ready"]);
        robot.Scan(world, now).ShouldNotBeNull().Code.ShouldBe("sim.no-login-qr");

        robot.Stop();
        robot.Start(world, now);
        robot.IsOnline.ShouldBeTrue();
        robot.Logout(world, "手机上退出", now);
        robot.Login.ShouldBe(SimLogin.Offline);
        robot.Start(world, now);
        robot.Login.ShouldBe(SimLogin.Scanning);
    }

    [Fact]
    public void Do_DoesOnce_WhatComesTwice()
    {
        var town = new Town();
        var command = new { name = "护肤交流群1", memberIds = town.Friends.Take(2).ToArray() };

        var first = town.Do("room.create", command, id: "c-1");
        town.Restart();
        town.Now += TimeSpan.FromHours(1);
        var second = town.Do("room.create", command, id: "c-1");

        second.ShouldBe(first);
        town.World.Groups.Count.ShouldBe(1);
        town.Do("room.create", command with { name = "另一个" }, id: "c-1").Code.ShouldBe("BAD_REQUEST");
    }

    [Fact]
    public void Do_SaysExpired_AndTriesAgainByTheSameId()
    {
        var town = new Town();
        var data = JsonSerializer.SerializeToElement(new { name = "群", memberIds = town.Friends });

        var late = new SimCommands(town.World, town.Robot, town.Now).Do(new SimCommand("c-1", "room.create", data, town.Now));
        var again = new SimCommands(town.World, town.Robot, town.Now).Do(new SimCommand("c-1", "room.create", data, town.Now.AddSeconds(1)));

        late.Code.ShouldBe("EXPIRED");
        again.Ok.ShouldBeTrue();
    }

    [Fact]
    public void Do_RefusesWhatIsWrong()
    {
        var town = new Town();
        var group = town.Group();

        town.Do("room.create", new { name = "", memberIds = town.Friends }).Code.ShouldBe("BAD_REQUEST");
        town.Do("room.create", new { name = new string('长', 33), memberIds = town.Friends }).Code.ShouldBe("BAD_REQUEST");
        town.Do("room.create", new { name = "群", memberIds = new[] { "a" } }).Code.ShouldBe("BAD_REQUEST");
        town.Do("room.send", new { roomId = group.Id, parts = Array.Empty<object>() }).Code.ShouldBe("BAD_REQUEST");
        town.Do("room.send", new { roomId = group.Id, parts = new[] { new { type = "image", url = "https://evil.example/x.png" } } }).Code.ShouldBe("BAD_REQUEST");
        town.Do("room.members", new { roomId = "1@chatroom" }).Code.ShouldBe("ROOM_NOT_FOUND");
        town.Do("sim.say", new { }).Code.ShouldBe("UNKNOWN_COMMAND");
        town.Do("room.send.image", new { }).Code.ShouldBe("UNKNOWN_COMMAND");
        town.Robot.Logout(town.World, null, town.Now);
        town.Do("room.list", new { }).Code.ShouldBe("ROBOT_OFFLINE");
        town.Robot.Stop();
        town.Do("room.list", new { }).Code.ShouldBe("ROBOT_NOT_STARTED");
        town.Do("robot.status", new { }).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Kick_TellsOfEach()
    {
        var town = new Town();
        var group = town.Group();

        var results = Town.Data(town.Do("room.kick", new { roomId = group.Id, memberIds = new[] { town.Friends[0], "wxid_nobody" } })).GetProperty("results");

        results[0].GetProperty("ok").GetBoolean().ShouldBeTrue();
        results[1].GetProperty("code").GetString().ShouldBe("NOT_MEMBER");
        Town.Data(town.Told.Last(told => told.Type == "room.memberLeft")).GetProperty("how").GetString().ShouldBe("kicked");
    }

    [Fact]
    public void Fault_RateLimit_ComesOnce()
    {
        var town = new Town();
        SimFaults.OnRobot(town.World, "r1", SimFault.RateLimit).ShouldBeNull();
        var data = new { name = "群", memberIds = town.Friends };

        var refused = town.Do("room.create", data, id: "c-1");
        refused.Code.ShouldBe("RATE_LIMITED");
        refused.RetryAfterSec.ShouldBe(86_400);
        town.World.Groups.ShouldBeEmpty();
        town.Do("room.create", data, id: "c-1").Ok.ShouldBeTrue();
    }

    [Fact]
    public void Fault_RenameFails_LeavesTheGroupUnnamed()
    {
        var town = new Town();
        SimFaults.OnRobot(town.World, "r1", SimFault.RenameFails);

        Town.Data(town.Do("room.create", new { name = "护肤", memberIds = town.Friends })).GetProperty("nameApplied").GetBoolean().ShouldBeFalse();
        town.World.Groups.Values.ShouldHaveSingleItem().Name.ShouldBe(SimGroup.Unnamed);
    }

    [Fact]
    public void Fault_UnknownOutcome_DoesItAndKeepsSayingSo()
    {
        var town = new Town();
        SimFaults.OnRobot(town.World, "r1", SimFault.UnknownOutcome);
        var data = new { name = "护肤", memberIds = town.Friends };

        town.Do("room.create", data, id: "c-1").Code.ShouldBe("UNKNOWN_OUTCOME");
        town.Do("room.create", data, id: "c-1").Code.ShouldBe("UNKNOWN_OUTCOME");
        town.World.Groups.Count.ShouldBe(1);
    }

    [Fact]
    public void Fault_LogoutInCommand_SendsHalf()
    {
        var town = new Town();
        var group = town.Group();
        SimFaults.OnRobot(town.World, "r1", SimFault.LogoutInCommand);

        var result = town.Do("room.send", new { roomId = group.Id, parts = new[] { new { type = "text", text = "一" }, new { type = "text", text = "二" } } });

        result.Code.ShouldBe("ROBOT_OFFLINE");
        Town.Data(result).GetProperty("sentParts").GetInt32().ShouldBe(1);
        group.Messages.Count(message => message.SenderId == town.Robot.AccountId).ShouldBe(1);
        town.Told.ShouldContain(told => told.Type == "robot.logout");
    }
}
