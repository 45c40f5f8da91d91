using System.Text.Json;
using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Huoma.Server.Robots.Inbox;

/// <summary>Keeps what is known of a robot's account: whether it is logged in and as whom, its login QR, its contacts.</summary>
internal sealed class AccountListener(RobotOutbox outbox, TimeProvider time) : IRobotListener
{
    /// <summary>Of the commands Robots sends by itself and for the console's buttons.</summary>
    public const string Purpose = "robots.account";

    private const int QrMaxLength = 2_000;
    private const int NameMaxLength = 200;
    private const int AvatarMaxLength = 2_000;
    private const int MessageMaxLength = 500;

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ContactsWithin = TimeSpan.FromMinutes(30);

    public async Task OnEventAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct)
    {
        if (!robotEvent.Type.StartsWith("robot.", StringComparison.Ordinal))
        {
            return;
        }

        var state = await db.RobotStates.SingleAsync(row => row.RobotId == robotEvent.RobotId, ct);
        var data = robotEvent.Data;
        var now = time.GetUtcNow();

        // A gateway's clock may be ahead.
        var at = robotEvent.At < now ? robotEvent.At : now;
        switch (robotEvent.Type)
        {
            case EventTypes.Scan:
                state.Scans(data.Text("qr", QrMaxLength), WordOf(data, "status", ScanStatus.Unknown), at);
                break;
            case EventTypes.Login when data.Text("userId", Robot.PlatformIdMaxLength) is { } accountId:
                state.LogsIn(accountId, data.Text("name", NameMaxLength), data.Text("avatar", AvatarMaxLength), at);
                await GoOnAsync(state, db, now, ct);
                break;
            case EventTypes.Ready:
                state.IsReady(at);
                await GoOnAsync(state, db, now, ct);
                break;
            case EventTypes.Logout:
                state.LogsOut(data.Text("reason", MessageMaxLength), at);
                break;
            case EventTypes.Error when data.Text("message", MessageMaxLength) is { } message:
                state.Fails(message, at);
                break;
            default:
                break;
        }
    }

    public async Task OnResultAsync(RobotCommand command, HuomaDb db, CancellationToken ct)
    {
        if (command.Purpose != Purpose)
        {
            return;
        }

        var state = await db.RobotStates.SingleAsync(row => row.RobotId == command.RobotId, ct);
        using var result = JsonDocument.Parse(command.Result ?? "{}");
        var now = time.GetUtcNow();
        switch (command.Type)
        {
            case CommandTypes.Status when command.State == CommandState.Done:
                await LearnAsync(state, result.RootElement, db, now, ct);
                break;
            case CommandTypes.Status when command.State == CommandState.Failed && state.Login is not (LoginState.Scanning or LoginState.Online):
                // It can not tell; so commands are simply tried, unless its events have told meanwhile.
                state.Is(LoginState.Unknown, now);
                break;
            case CommandTypes.Contacts when command.State == CommandState.Done:
                await KeepContactsAsync(command, result.RootElement, db, now, ct);
                command.ForgetResult();
                break;
            case CommandTypes.Start or CommandTypes.Stop or CommandTypes.Logout when command.State == CommandState.Done:
                state.Is(WordOf(result.RootElement, "state", state.Login), now);
                break;
            case CommandTypes.Start when command.State == CommandState.Failed:
                state.Fails(command.ErrorMessage ?? command.ErrorCode ?? "", now);
                break;
            default:
                break;
        }
    }

    private async Task LearnAsync(RobotState state, JsonElement status, HuomaDb db, DateTimeOffset now, CancellationToken ct)
    {
        var qr = status.Text("qr", QrMaxLength);
        var derived = status.Flag("loggedIn") == true ? LoginState.Online
            : status.Flag("started") != true ? LoginState.Stopped
            : qr is null ? LoginState.Offline : LoginState.Scanning;
        state.Tells(
            WordOf(status, "state", derived), qr, status.Text("userId", Robot.PlatformIdMaxLength), status.Text("name", NameMaxLength),
            status.Text("avatar", AvatarMaxLength), now);
        if (status.TryGetProperty("capabilities", out var capabilities))
        {
            state.IsAbleTo(GatewayMessage.WordsOf(capabilities));
        }

        if (state.CanAct)
        {
            await GoOnAsync(state, db, now, ct);
        }

        // Its gateway was started anew, and nobody has stopped the robot.
        else if (state.Login == LoginState.Stopped && await db.Robots.AnyAsync(row => row.Id == state.RobotId && row.Enabled && row.ShouldRun, ct))
        {
            outbox.Send(state.RobotId, CommandTypes.Start, new { }, Purpose, subject: 0, StartWithin);
        }
    }

    /// <summary>Somebody is logged in: what waited for that goes on, and the contacts are asked for.</summary>
    private async Task GoOnAsync(RobotState state, HuomaDb db, DateTimeOffset now, CancellationToken ct)
    {
        var robotId = state.RobotId;
        var open = await db.RobotCommands.Where(row => row.RobotId == robotId && (row.State == CommandState.Queued || row.State == CommandState.Sent)
            && (row.Type == CommandTypes.Contacts || row.ErrorCode != null)).ToListAsync(ct);
        open.ForEach(command => command.StopWaitingForRobot(now));

        // 企业微信 has none.
        if (!open.Exists(command => command.Type == CommandTypes.Contacts) && await db.Robots.AnyAsync(row => row.Id == robotId && row.Driver != RobotDriver.Wecom, ct))
        {
            outbox.Send(robotId, CommandTypes.Contacts, new { }, Purpose, subject: 0, ContactsWithin);
        }
    }

    private static async Task KeepContactsAsync(RobotCommand command, JsonElement result, HuomaDb db, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO robot_contacts (robot_id, tenant_id, contacts, listed_at) VALUES (@RobotId, @TenantId, @Contacts, @Now)
            ON CONFLICT (robot_id) DO UPDATE SET contacts = excluded.contacts, listed_at = excluded.listed_at
            """;
        var contacts = (result.List("contacts") ?? []).Select(Contact.Read).OfType<Contact>().DistinctBy(contact => contact.Id, StringComparer.Ordinal).Take(Contact.Most).ToList();
        var parameters = new
        {
            RobotId = command.RobotId.Value,
            TenantId = command.TenantId.Value,
            Contacts = JsonSerializer.Serialize(contacts, JsonSerializerOptions.Web),
            Now = now.ToUnixTimeMilliseconds(),
        };
        await db.Database.GetDbConnection().ExecuteAsync(new CommandDefinition(sql, parameters, db.Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: ct));
    }

    private static T WordOf<T>(JsonElement element, string name, T otherwise)
        where T : struct, Enum =>
        element.Text(name, NameMaxLength) is { } word && Choice<T>.Words.TryGetValue(word, out var value) ? value : otherwise;
}

/// <summary>Somebody the robot knows.</summary>
internal sealed record Contact(string Id, string Name, string? Avatar, bool Friend)
{
    /// <summary>As many as a personal account may have.</summary>
    public const int Most = 10_000;

    private const int NameMaxLength = 200;
    private const int AvatarMaxLength = 2_000;

    public static Contact? Read(JsonElement contact) => contact.Text("id", Robot.PlatformIdMaxLength) is { } id
        ? new Contact(id, contact.Text("name", NameMaxLength) ?? "", contact.Text("avatar", AvatarMaxLength), contact.Flag("friend") == true)
        : null;
}
