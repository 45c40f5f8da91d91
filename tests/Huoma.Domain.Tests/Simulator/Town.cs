using System.Globalization;
using System.Text.Json;
using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

/// <summary>A world with one robot that is logged in, and short ways to act in it.</summary>
internal sealed class Town
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    private int commands;

    public Town(ulong seed = 7)
    {
        World = new SimWorld(seed);
        World.RobotOf("r1", "小活");
        Robot.Start(World, Now);
        Robot.Scan(World, Now).ShouldBeNull();
        Robot.Acknowledge(Robot.LastSeq);
    }

    public SimWorld World { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public SimWeChat WeChat => new(World, Now);

    public SimRobot Robot => World.Robots["r1"];

    public IReadOnlyList<string> Friends => [.. World.People[Robot.AccountId].FriendIds];

    /// <summary>What the robot reported and nobody acknowledged.</summary>
    public IReadOnlyList<SimEvent> Told => [.. Robot.Outbox];

    public string Person(string name = "新人小王") => World.AddPerson(name, null).Person.ShouldNotBeNull().Id;

    public IReadOnlyList<string> People(int count) => [.. Enumerable.Range(1, count).Select(number => Person(string.Create(CultureInfo.InvariantCulture, $"群众{number}")))];

    public SimGroup Group(string name = "护肤交流群1") => WeChat.Create(Robot.AccountId, [.. Friends.Take(2)], name).Group.ShouldNotBeNull();

    public string Qr(SimGroup group) => WeChat.IssueQr(group.Id, Robot.AccountId).Qr.ShouldNotBeNull().Text;

    public SimResult Do(string type, object data, string? id = null, IReadOnlyDictionary<int, string>? pictures = null) => new SimCommands(World, Robot, Now).Do(
        new SimCommand(id ?? $"c{++commands}", type, JsonSerializer.SerializeToElement(data), Now.AddMinutes(1), pictures));

    /// <summary>As after a restart of the server.</summary>
    public void Restart() => World = JsonSerializer.Deserialize<SimWorld>(JsonSerializer.Serialize(World, Stored), Stored).ShouldNotBeNull();

    public string AsStored() => JsonSerializer.Serialize(World, Stored);

    public void Hear() => Robot.Acknowledge(Robot.LastSeq);

    public static JsonElement Data(SimEvent told) => JsonDocument.Parse(told.Data).RootElement;

    public static JsonElement Data(SimResult result) => JsonDocument.Parse(result.Data.ShouldNotBeNull(result.Message)).RootElement;
}
