using System.Diagnostics;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Groups.Rules;

/// <summary>A code with groups of a robot, and what its operator does with rules and announcements.</summary>
internal sealed class RuleDesk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private RuleDesk(HuomaApp app, Operator console, RoomWorld world, JsonElement code)
    {
        App = app;
        Console = console;
        World = world;
        Code = code;
    }

    public HuomaApp App { get; }

    public Operator Console { get; }

    public RoomWorld World { get; }

    public JsonElement Code { get; }

    public string Rules => $"codes/{Code.Id()}/rules";

    public string Announcements => $"codes/{Code.Id()}/announcements";

    /// <summary>The room of the first group.</summary>
    public RoomWorld.Room Room => World.Rooms["1@chatroom"];

    public static async Task<RuleDesk> OpenAsync(Store store, int groups = 1, string[]? capabilities = null)
    {
        var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:Groups:LookSeconds"] = "1" });
        var console = new Operator(await app.SignInAsync());
        await console.SendAsync(HttpMethod.Post, "quota/grants", new { groups = 10, reason = "测试" });
        var world = await RoomWorld.ConnectAsync(app, console, capabilities: capabilities);
        var auto = new { groups, theme = "演示群", firstNumber = 1, memberThreshold = 180 };
        var code = await console.SendAsync(HttpMethod.Post, "codes", new { kind = "group", building = "auto", name = "演示", remark = "演示", auto });
        await console.GroupsAsync(code, list => list.Count == groups && list.All(group => group.Number("members") == 3 && group.Text("state") is "serving" or "waiting"));
        return new RuleDesk(app, console, world, code);
    }

    public Task<JsonElement> SaveAsync(object rules) => Console.SendAsync(HttpMethod.Put, Rules, rules);

    public Task<JsonElement> WelcomeAsync(params object[] messages) => SaveAsync(new { welcome = new { enabled = true, intervalSeconds = 10, messages } });

    public Task<JsonElement> KickForAsync(params string[] keywords) => SaveAsync(new { keywordKick = new { enabled = true, keywords } });

    public Task<JsonElement> AnnounceAsync(string text, bool atAll, params object[] attachments) =>
        Console.SendAsync(HttpMethod.Post, Announcements, new { text, atAll, attachments });

    /// <summary>Everything that was reported up to now was reacted to: the last of it is a rename that the console shows.</summary>
    public async Task SettleAsync()
    {
        var name = Guid.NewGuid().ToString("N");
        await World.ReportAsync("room.renamed", new { roomId = Room.Id, name, oldName = "", changerId = "x", at = App.Clock.GetUtcNow() });
        await Console.GroupsAsync(Code, list => list[0].Text("realName") == name);
    }

    public async Task UntilAsync(Func<bool> until, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!until())
        {
            (watch.Elapsed < Patience).ShouldBeTrue($"{what}; {World.Told.Count} commands came");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> until)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await Console.GetAsync(path);
            if (until(answer))
            {
                return answer;
            }

            (watch.Elapsed < Patience).ShouldBeTrue(answer.ToString());

            // Announcements keep their distance by the clock.
            App.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await App.DisposeAsync();
    }
}
