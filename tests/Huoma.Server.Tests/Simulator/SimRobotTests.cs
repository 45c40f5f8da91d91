using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Simulator.Gateways;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Huoma.Server.Tests.Simulator;

/// <summary>A simulated robot over the real protocol, on a real socket.</summary>
public sealed class SimRobotTests
{
    [Theory]
    [BothStores]
    public async Task Robot_MakesAGroup_AndWhoJoinsIsHeardOfOnce(Store store)
    {
        await using var app = await RobotDesk.StartAsync(store, SimPhone.On);
        var desk = await RobotDesk.OpenAsync(app);
        using var phone = SimPhone.Of(app);
        var robot = await phone.RobotAsync(desk);
        var (roomId, qr) = await GroupAsync(desk, phone, robot);

        await phone.DoAsync("faults", new { fault = "repeated-frame", robotId = robot.Id });
        var person = await phone.PersonAsync();
        (await phone.DoAsync("groups/join", new { personId = person, qr })).Id().ShouldBe(roomId);
        await phone.DoAsync($"groups/{roomId}/messages", new { personId = person, text = "大家好" });
        await HeardAsync(desk, robot, ["room.memberJoined", "room.message"]);

        // What breaks off is sent again after the next welcome, and stored once.
        await phone.DoAsync("faults", new { fault = "connection-dropped", robotId = robot.Id });
        await phone.DoAsync($"groups/{roomId}/messages", new { personId = person, text = "还在吗" });
        await phone.DoAsync($"groups/{roomId}/leave", new { personId = person });
        await HeardAsync(desk, robot, ["room.memberJoined", "room.message", "room.message", "room.memberLeft"]);
        await Eventually.BeAsync(phone.WorldAsync, world => SimPhone.Of(world, robot).Number("waiting") == 0);
    }

    [Fact]
    public async Task Command_IsDoneOnce_WhenItsResultIsLost()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite, SimPhone.On);
        var desk = await RobotDesk.OpenAsync(app);
        using var phone = SimPhone.Of(app);
        var robot = await phone.RobotAsync(desk);
        await phone.DoAsync("faults", new { fault = "result-lost", robotId = robot.Id });

        var (roomId, _) = await GroupAsync(desk, phone, robot);

        var groups = (await phone.WorldAsync()).GetProperty("groups");
        groups.GetArrayLength().ShouldBe(1);
        groups[0].Id().ShouldBe(roomId);
    }

    [Fact]
    public async Task Pictures_ComeFromOwnMediaOnly()
    {
        await using var app = await RobotDesk.StartAsync(Store.Sqlite, SimPhone.On);
        var desk = await RobotDesk.OpenAsync(app);
        using var phone = SimPhone.Of(app);
        var robot = await phone.RobotAsync(desk);
        var (roomId, _) = await GroupAsync(desk, phone, robot);
        var image = await new Operator(await app.SignInAsync()).UploadAsync(Pictures.Groups[0]);
        var pixel = Convert.ToBase64String([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0]);

        Task<string> Send(object part) => desk.SendAsync(robot, "room.send", new { roomId, parts = new[] { part } });
        var foreign = await Send(new { type = "image", url = "https://evil.example/m/1.png" });
        var unknown = await Send(new { type = "image", url = new Uri(app.Address, $"/m/{new string('0', 64)}.png").ToString() });
        var own = await Send(new { type = "image", url = new Uri(app.Address, image.Text("url")).ToString() });
        var given = await Send(new { type = "image", base64 = pixel, name = "1.png" });

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await desk.UntilAsync(foreign, CommandState.Failed)).ErrorCode.ShouldBe("BAD_REQUEST");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await desk.UntilAsync(unknown, CommandState.Failed)).ErrorCode.ShouldBe("BAD_REQUEST");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.UntilAsync(own, CommandState.Done);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.UntilAsync(given, CommandState.Done);
        var sent = (await phone.WorldAsync()).GetProperty("groups")[0].GetProperty("messages").EnumerateArray().Where(message => message.Text("kind") == "image").ToList();
        sent[0].Text("url").ShouldBe(image.Text("url"));
        using var picture = await phone.Http.GetAsync(sent[1].Text("url"), TestContext.Current.CancellationToken);
        picture.Content.Headers.ContentType?.MediaType.ShouldBe("image/png");
    }

    [Theory]
    [BothStores]
    public async Task World_OutlivesTheServer_AndAnotherProcessTakesOver(Store store)
    {
        await using var first = await RobotDesk.StartAsync(store, SimPhone.On);
        await using var second = first.StartAnother();
        var desk = await RobotDesk.OpenAsync(first);
        using var phone = SimPhone.Of(first);
        var robot = await phone.RobotAsync(desk);
        var (roomId, qr) = await GroupAsync(desk, phone, robot);

        using var other = SimPhone.Of(second);
        var person = await other.PersonAsync("另一边的人");
        await phone.DoAsync("groups/join", new { personId = person, qr });
        await HeardAsync(desk, robot, ["room.memberJoined"]);
        (await desk.ShowAsync(robot)).Flag("online").ShouldBeTrue();

        await first.Services.GetServices<IHostedService>().OfType<SimGateways>().Single().StopAsync(TestContext.Current.CancellationToken);
        var secondDesk = await RobotDesk.OpenAsync(second);
        await secondDesk.UntilAsync(robot, shown => shown.Flag("online"));
        await other.DoAsync($"groups/{roomId}/leave", new { personId = person });
        await HeardAsync(secondDesk, robot, ["room.memberJoined", "room.memberLeft"]);
    }

    private static async Task<(string RoomId, string Qr)> GroupAsync(RobotDesk desk, SimPhone phone, NewRobot robot)
    {
        var friends = await phone.FriendsAsync(robot);
        var creation = await desk.SendAsync(robot, "room.create", new { name = "护肤交流群1", memberIds = friends.Take(2) });
        var made = await desk.UntilAsync(creation, CommandState.Done);
        var roomId = JsonDocument.Parse(made.Result.ShouldNotBeNull()).RootElement.Text("roomId");
        var issued = await desk.UntilAsync(await desk.SendAsync(robot, "room.qr", new { roomId }), CommandState.Done);
        return (roomId, JsonDocument.Parse(issued.Result.ShouldNotBeNull()).RootElement.Text("qr"));
    }

    /// <summary>Of what happened in groups, besides the looks.</summary>
    private static Task HeardAsync(RobotDesk desk, NewRobot robot, IReadOnlyList<string> types) => Eventually.BeAsync(
        async () => (await desk.Desk.GetAsync($"robots/{robot.Id}/events?pageSize=100").JsonAsync()).GetProperty("items").EnumerateArray().Reverse()
            .Select(one => one.Text("type")).Where(type => type.StartsWith("room.", StringComparison.Ordinal) && type != "room.memberSnapshot").ToList(),
        heard => heard.SequenceEqual(types));
}
