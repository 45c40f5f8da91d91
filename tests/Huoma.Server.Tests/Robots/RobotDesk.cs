using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Robots;

/// <summary>A robot as it was created: with the token that is shown once.</summary>
internal sealed record NewRobot(string Id, string Token);

/// <summary>An owner with robots, on a server that listens on a real port.</summary>
internal sealed class RobotDesk
{
    private RobotDesk(HuomaApp app, Desk desk)
    {
        App = app;
        Desk = desk;
    }

    public HuomaApp App { get; }

    public Desk Desk { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<HuomaApp> StartAsync(Store store, IReadOnlyDictionary<string, string?>? settings = null) =>
        HuomaApp.StartAsync(store, settings, listens: true, services => services.AddSingleton<Heard>().AddScoped<IRobotListener, HearingListener>());

    public static async Task<RobotDesk> OpenAsync(HuomaApp app) => new(app, await Desk.OpenAsync(app));

    public async Task<NewRobot> AddAsync(string driver = "simulator", string name = "一号机")
    {
        var robot = await Desk.PostAsync("robots", new { name, driver, riskAccepted = true }).JsonAsync(HttpStatusCode.Created);
        return new NewRobot(robot.Id(), robot.Text("gatewayToken"));
    }

    public Task<JsonElement> ShowAsync(NewRobot robot) => Desk.GetAsync($"robots/{robot.Id}").JsonAsync();

    /// <summary>Looks at the robot until it is so; there is nothing else to wait for.</summary>
    public Task<JsonElement> UntilAsync(NewRobot robot, Func<JsonElement, bool> so) => Eventually.BeAsync(() => ShowAsync(robot), so);

    /// <summary>As another capability would.</summary>
    public async Task<string> SendAsync(
        NewRobot robot, string type, object data, TimeSpan? within = null, DateTimeOffset? notBefore = null, long subject = 7, HuomaApp? from = null)
    {
        await using var scope = (from ?? App).Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(Desk.Tenant);
        var outbox = scope.ServiceProvider.GetRequiredService<RobotOutbox>();
        var command = outbox.Send(RobotId.Parse(robot.Id), type, data, "test.purpose", subject, within ?? TimeSpan.FromMinutes(10), notBefore);
        await scope.ServiceProvider.GetRequiredService<HuomaDb>().SaveChangesAsync(Ct);
        return command.Id.ToString();
    }

    public Task<string> CreateRoomAsync(NewRobot robot, string name = "护肤交流群1", TimeSpan? within = null) =>
        SendAsync(robot, "room.create", new { name, memberIds = new[] { "wxid_a", "wxid_b" } }, within);

    public Task<string> SayAsync(NewRobot robot, string text, TimeSpan? within = null) =>
        SendAsync(robot, "room.send", new { roomId = "1@chatroom", parts = new[] { new { type = "text", text, mentionIds = Array.Empty<string>() } } }, within);

    public async Task<RobotCommand> CommandAsync(string id)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(Desk.Tenant);
        return await scope.ServiceProvider.GetRequiredService<HuomaDb>().RobotCommands.SingleAsync(row => row.Id == RobotCommandId.Parse(id), Ct);
    }

    public Task<RobotCommand> UntilAsync(string commandId, CommandState state) => Eventually.BeAsync(() => CommandAsync(commandId), command => command.State == state);

    public static Heard HeardBy(HuomaApp app) => app.Services.GetRequiredService<Heard>();

    /// <summary>Another capability's listener: remembers what it heard, unless it fails.</summary>
    private sealed class HearingListener(Heard heard) : IRobotListener
    {
        public async Task OnEventAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct)
        {
            // Something of its own, to see that it is undone and not done twice.
            if (robotEvent.Type == "room.message")
            {
                await RenameAsync(robotEvent, db, ct);
            }

            heard.Failing?.Invoke(robotEvent);
            if (!robotEvent.Type.StartsWith("robot.", StringComparison.Ordinal))
            {
                heard.Events.Enqueue(robotEvent.Data.TryGetProperty("text", out var text) ? text.GetString() ?? "" : robotEvent.Type);
            }
        }

        public Task OnResultAsync(RobotCommand command, HuomaDb db, CancellationToken ct)
        {
            if (command.Purpose == "test.purpose")
            {
                heard.Results.Enqueue((command.Id.ToString(), command.State, command.Result, command.ErrorCode, command.Subject));
            }

            return Task.CompletedTask;
        }

        private static async Task RenameAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct)
        {
            var robot = await db.Robots.SingleAsync(row => row.Id == robotEvent.RobotId, ct);
            robot.Rename($"{robot.Name}+");
        }
    }
}

/// <summary>What the listener heard.</summary>
internal sealed class Heard
{
    public ConcurrentQueue<string> Events { get; } = [];

    public ConcurrentQueue<(string Id, CommandState State, string? Result, string? Code, long Subject)> Results { get; } = [];

    /// <summary>Throws when the test wants it to.</summary>
    public Action<RobotEvent>? Failing { get; set; }
}

/// <summary>Waits for what the server does by itself: asks again and again, up to a time that is a failure.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    public static async Task<T> BeAsync<T>(Func<Task<T>> look, Func<T, bool> so)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (so(seen))
            {
                return seen;
            }

            System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, $"still {seen}");
            await Task.Delay(Again, TestContext.Current.CancellationToken);
        }
    }

    public static Task BeAsync(Func<bool> so) => BeAsync(() => Task.FromResult(so()), seen => seen);
}
