using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

public sealed class SimEventsTests
{
    [Fact]
    public void Joined_SaysBywhom()
    {
        var town = new Town();
        var group = town.Group();
        var (one, other) = (town.Person(), town.Person("小李"));
        town.WeChat.JoinByQr(one, town.Qr(group));
        town.WeChat.JoinByQr(other, town.WeChat.IssueQr(group.Id, one).Qr.ShouldNotBeNull().Text);

        var joins = town.Told.Where(told => told.Type == "room.memberJoined").Select(Town.Data).ToList();

        joins.Select(data => data.GetProperty("scene").GetString()).ShouldBe(["robot", "member"]);
        joins[0].GetProperty("inviterId").GetString().ShouldBe(town.Robot.AccountId);
        joins[1].GetProperty("members")[0].GetProperty("inviterId").GetString().ShouldBe(one);
    }

    [Fact]
    public void Outbox_KeepsTheOrder_UntilAcknowledged()
    {
        var town = new Town();
        var group = town.Group();
        var person = town.Person();
        town.WeChat.JoinByQr(person, town.Qr(group));
        town.WeChat.Say(group.Id, person, new SimSaying(SimMessageKind.Text, "大家好"));
        town.WeChat.Leave(group.Id, person);
        var seqs = town.Told.Select(told => told.Seq).ToList();

        town.Restart();
        town.Told.Select(told => told.Type).ShouldBe(["room.memberJoined", "room.message", "room.memberLeft"]);
        town.Told.Select(told => told.Seq).ShouldBe(seqs);
        town.Robot.Acknowledge(seqs[1]).ShouldBeTrue();
        town.Told.ShouldHaveSingleItem().Type.ShouldBe("room.memberLeft");
        town.Robot.Acknowledge(seqs[1]).ShouldBeFalse();
    }

    [Fact]
    public void Robot_HearsNothingOfItself_NorWhileLoggedOut()
    {
        var town = new Town();
        var group = town.Group();
        var qr = town.Qr(group);
        town.WeChat.Say(group.Id, town.Robot.AccountId, new SimSaying(SimMessageKind.Text, "欢迎"));
        town.Told.ShouldBeEmpty();

        town.Robot.LookAround(town.World, town.Now);
        town.Robot.Logout(town.World, null, town.Now);
        town.Hear();
        var person = town.Person();
        town.WeChat.JoinByQr(person, qr);
        town.Told.ShouldBeEmpty();

        town.Robot.Start(town.World, town.Now);
        town.Robot.Scan(town.World, town.Now);
        var snapshot = Town.Data(town.Told.Single(told => told.Type == "room.memberSnapshot"));
        snapshot.GetProperty("joined")[0].GetProperty("id").GetString().ShouldBe(person);
    }

    [Fact]
    public void Fault_EmptyInvitees_IsFollowedByASnapshot()
    {
        var town = new Town();
        var group = town.Group();
        town.Robot.LookAround(town.World, town.Now);
        town.Hear();
        SimFaults.OnRobot(town.World, "r1", SimFault.EmptyInvitees);
        var person = town.Person();
        town.WeChat.JoinByQr(person, town.Qr(group));

        town.Told.Select(told => told.Type).ShouldBe(["room.memberJoined", "room.memberSnapshot"]);
        Town.Data(town.Told[0]).GetProperty("needResync").GetBoolean().ShouldBeTrue();
        Town.Data(town.Told[0]).GetProperty("members").GetArrayLength().ShouldBe(0);
        Town.Data(town.Told[1]).GetProperty("joined")[0].GetProperty("id").GetString().ShouldBe(person);
    }

    [Fact]
    public void Fault_EmptyInviter_SaysNothingOfHim()
    {
        var town = new Town();
        SimFaults.OnRobot(town.World, "r1", SimFault.EmptyInviter);
        town.WeChat.JoinByQr(town.Person(), town.Qr(town.Group()));

        var data = Town.Data(town.Told.ShouldHaveSingleItem());
        data.GetProperty("inviterId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        data.GetProperty("scene").GetString().ShouldBe("unknown");
    }

    [Fact]
    public void Faults_OfTelling_RepeatReorderAndLose()
    {
        var town = new Town();
        var group = town.Group();
        var person = town.Person();
        town.WeChat.JoinByQr(person, town.Qr(group));
        town.Hear();
        string Say(string text) => town.WeChat.Say(group.Id, person, new SimSaying(SimMessageKind.Text, text)).Message.ShouldNotBeNull().Text;

        SimFaults.OnRobot(town.World, "r1", SimFault.DuplicateEvent);
        Say("一");
        SimFaults.OnRobot(town.World, "r1", SimFault.ReorderedEvents);
        Say("二");
        Say("三");
        SimFaults.OnRobot(town.World, "r1", SimFault.LostEvent);
        Say("四");

        town.Told.Select(told => Town.Data(told).GetProperty("text").GetString()).ShouldBe(["一", "一", "三", "二"]);
        town.Told.Select(told => told.Id).Distinct().Count().ShouldBe(4);
        town.Told.Select(told => told.Seq).ShouldBeInOrder();
    }

    [Fact]
    public void Faults_OfGroups_ExpireAndShut()
    {
        var town = new Town();
        var group = town.Group();
        var qr = town.Qr(group);

        SimFaults.OnGroup(town.World, group.Id, SimFault.RoomFull, town.Now).ShouldBeNull();
        town.WeChat.JoinByQr(town.Person(), qr).Refusal.ShouldBe(SimRefusals.Full);
        SimFaults.OnGroup(town.World, group.Id, SimFault.RoomFull, town.Now);
        SimFaults.OnGroup(town.World, group.Id, SimFault.QrExpired, town.Now);
        town.WeChat.JoinByQr(town.Person(), qr).Refusal.ShouldBe(SimRefusals.QrExpired);
        town.WeChat.JoinByQr(town.Person(), town.Qr(group)).Refusal.ShouldBeNull();
        SimFaults.OnGroup(town.World, group.Id, SimFault.LostEvent, town.Now).ShouldNotBeNull();
        SimFaults.OnRobot(town.World, "r1", SimFault.QrExpired).ShouldNotBeNull();
        SimFaults.OnRobot(town.World, "r2", SimFault.LostEvent).ShouldNotBeNull().Code.ShouldBe("sim.no-robot");
    }
}
