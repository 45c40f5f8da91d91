using System.Text.Json;
using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

/// <summary>Whatever the simulator sends passes the schemas in tests/contracts.</summary>
public sealed class SimProtocolTests
{
    [Fact]
    public void Results_PassTheirSchemas()
    {
        var town = new Town();
        var group = town.Group();
        var friend = town.Person("老朋友");
        town.WeChat.Befriend(friend, town.Robot.AccountId, "你好");
        var done = new List<string>();
        void Try(string type, object data, string? id = null)
        {
            ContractSchema.Commands.Problem($"{type}.data", JsonSerializer.SerializeToElement(data)).ShouldBeNull();
            var result = town.Do(type, data, id, new Dictionary<int, string> { [1] = "/m/1.png" });
            Passes(SimWire.Result(id ?? "c-1042", result), "result");
            result.Ok.ShouldBeTrue($"{type}: {result.Message}");
            ContractSchema.Commands.Problem($"{type}.result", Town.Data(result)).ShouldBeNull();
            done.Add(type);
        }

        Try("contact.list", new { });
        Try("room.create", new { name = "护肤", memberIds = town.Friends.Take(2) });
        Try("room.list", new { });
        Try("room.qr", new { roomId = group.Id });
        Try("room.rename", new { roomId = group.Id, name = "护肤2" });
        Try("room.announce", new { roomId = group.Id, text = "开课了" });
        Try("room.send", new
        {
            roomId = group.Id,
            parts = new object[]
            {
                new { type = "text", text = "欢迎", mentionIds = new[] { town.Friends[0] } },
                new { type = "image", url = "http://localhost/m/1.png", name = "1.png" },
                new { type = "link", title = "福利", description = "点开", url = "https://example.com/a", thumbUrl = (string?)null },
            },
        });
        Try("room.add", new { roomId = group.Id, memberIds = new[] { friend, "wxid_nobody" } });
        Try("room.members", new { roomId = group.Id });
        Try("room.kick", new { roomId = group.Id, memberIds = new[] { friend, "wxid_nobody" } });
        Try("robot.status", new { });
        Try("robot.logout", new { });
        Try("robot.start", new { });
        Try("robot.status", new { });
        Try("robot.stop", new { });

        done.Distinct().Order().ShouldBe(SimCommands.Capabilities.Except(["room.send.image", "room.send.link"]).Order());
    }

    [Fact]
    public void Failures_PassTheirSchemas()
    {
        var town = new Town();
        var group = town.Group();
        SimFault[] faults = [SimFault.RateLimit, SimFault.UnknownOutcome, SimFault.LogoutInCommand];
        var codes = new List<string?>();
        foreach (var fault in faults)
        {
            SimFaults.OnRobot(town.World, "r1", fault);
            var result = town.Do("room.send", new { roomId = group.Id, parts = new[] { new { type = "text", text = "一" }, new { type = "text", text = "二" } } });
            Passes(SimWire.Result("c-1", result), "result");
            if (result.Data is not null)
            {
                ContractSchema.Commands.Problem("room.send.partly", Town.Data(result)).ShouldBeNull();
            }

            codes.Add(result.Code);
        }

        codes.ShouldBe(["RATE_LIMITED", "UNKNOWN_OUTCOME", "ROBOT_OFFLINE"]);
    }

    [Fact]
    public void Events_PassTheirSchemas()
    {
        var town = new Town();
        var group = town.Group();
        var person = town.Person("😀 新人\u0007");
        SimFaults.OnRobot(town.World, "r1", SimFault.EmptyInvitees);
        town.WeChat.JoinByQr(person, town.Qr(group));
        town.WeChat.JoinByQr(town.Person(), town.Qr(group));
        town.WeChat.Say(group.Id, person, new SimSaying(SimMessageKind.Text, "大家好") { MentionIds = [town.Robot.AccountId] });
        town.WeChat.Say(group.Id, person, new SimSaying(SimMessageKind.Image, "图片", "/sim/pictures/1"));
        town.WeChat.Say(group.Id, person, new SimSaying(SimMessageKind.Link, "看", "https://example.com/"));
        town.WeChat.Rename(group.Id, person, "新名字");
        town.WeChat.Leave(group.Id, person);
        town.WeChat.Befriend(person, town.Robot.AccountId, null);
        town.Robot.LookAround(town.World, town.Now);
        town.Robot.Logout(town.World, null, town.Now);
        town.Robot.Start(town.World, town.Now);
        town.Robot.Scan(town.World, town.Now);

        foreach (var told in town.Told)
        {
            Passes(SimWire.Event("r1", told), "event");
            ContractSchema.Events.Problem(told.Type, Town.Data(told)).ShouldBeNull();
        }

        town.Told.Select(told => told.Type).Distinct().Order().ShouldBe(new[]
        {
            "friend.request", "robot.login", "robot.logout", "robot.ready", "robot.scan", "room.memberJoined", "room.memberLeft", "room.memberSnapshot", "room.message", "room.renamed",
        }.Order());
    }

    [Fact]
    public void Hello_PassesItsSchema() => Passes(SimWire.Hello(new Town().Robot, "1.0.0"), "hello");

    [Fact]
    public void Reader_SeesWhatIsWrong()
    {
        var examples = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "examples", "invalid.json"))).RootElement;
        foreach (var example in examples.EnumerateArray())
        {
            var (file, name) = (example.GetProperty("schema").GetString()!.Split('#')[0], example.GetProperty("schema").GetString()!.Split("/$defs/")[^1]);
            if (!example.GetProperty("schema").GetString()!.Contains("/$defs/", StringComparison.Ordinal))
            {
                continue;
            }

            var schema = file[0] switch { 'c' => ContractSchema.Commands, 'e' when file.StartsWith("events", StringComparison.Ordinal) => ContractSchema.Events, _ => ContractSchema.Envelopes };
            schema.Problem(name, example.GetProperty("value")).ShouldNotBeNull(example.GetProperty("name").GetString());
        }

        examples.GetArrayLength().ShouldBeGreaterThan(5);
    }

    private static void Passes(string message, string kind) => ContractSchema.Envelopes.Problem(kind, JsonDocument.Parse(message).RootElement).ShouldBeNull();
}
