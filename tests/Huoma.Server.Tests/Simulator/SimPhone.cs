using System.Net.Http.Json;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;

namespace Huoma.Server.Tests.Simulator;

/// <summary>The simulator's API, as a test or a script uses it.</summary>
internal sealed class SimPhone : IDisposable
{
    private SimPhone(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IReadOnlyDictionary<string, string?> On { get; } = new Dictionary<string, string?> { ["Huoma:Simulator:Enabled"] = "true" };

    public static SimPhone Of(HuomaApp app)
    {
        var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        return new SimPhone(http);
    }

    public Task<JsonElement> WorldAsync() => Http.GetAsync("/sim/api/world", Ct).JsonAsync();

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => Http.PostAsJsonAsync($"/sim/api/{path}", body ?? new { }, Ct);

    public async Task<JsonElement> DoAsync(string path, object? body = null)
    {
        using var answer = await PostAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text == "" ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> PersonAsync(string name = "新人小王") => (await DoAsync("people", new { name })).Id();

    /// <summary>A robot of the simulator that is logged in.</summary>
    public async Task<NewRobot> RobotAsync(RobotDesk desk)
    {
        var robot = await desk.AddAsync("simulator");
        await desk.UntilAsync(robot, shown => shown.Flag("online"));
        await desk.Desk.PostAsync($"robots/{robot.Id}/start", new { });
        await Eventually.BeAsync(WorldAsync, world => Of(world, robot).Text("login") == "scanning");
        await DoAsync($"robots/{robot.Id}/login");
        await desk.UntilAsync(robot, shown => shown.Text("login.state") == "online");
        return robot;
    }

    /// <summary>What its friends are called.</summary>
    public async Task<IReadOnlyList<string>> FriendsAsync(NewRobot robot)
    {
        var world = await WorldAsync();
        var account = world.GetProperty("people").EnumerateArray().Single(person => person.Id() == Of(world, robot).Text("accountId"));
        return [.. account.GetProperty("friendIds").EnumerateArray().Select(id => id.GetString()!)];
    }

    public static JsonElement Of(JsonElement world, NewRobot robot) => world.GetProperty("robots").EnumerateArray().Single(one => one.Id() == robot.Id);

    public void Dispose() => Http.Dispose();
}
