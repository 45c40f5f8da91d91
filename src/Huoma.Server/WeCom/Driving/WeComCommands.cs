using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots.Gateway;
using Huoma.Server.WeCom.Api;
using Huoma.Server.WeCom.Chats;
using Huoma.Server.WeCom.JoinWays;

namespace Huoma.Server.WeCom.Driving;

/// <summary>What became of a command, and what its robot has to say besides.</summary>
/// <param name="Trouble">A setting is wrong: for people to read.</param>
internal sealed record Performed(CommandResult Result, WeComFault? Trouble = null);

/// <summary>Does what the outbox tells a robot of 企业微信, as far as its API can. Everything here may be done twice: it reads, or makes what is not there.</summary>
internal sealed class WeComCommands(WeComClient client, ChatStore chats, JoinWayQr qrs, TimeProvider time)
{
    /// <summary>What a robot of this driver can do; the console greys the rest.</summary>
    public static readonly IReadOnlyList<string> Capabilities = [CommandTypes.Status, CommandTypes.RoomQr, CommandTypes.Members];

    /// <summary>So often a list is read again that is older than a callback said; then it is taken as it is.</summary>
    private const int MaxReads = 5;

    /// <summary>As the platform advises for what passes by itself.</summary>
    private const int MaxTries = 4;

    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(2);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new InstantJsonConverter() } };

    public async Task<Performed> DoAsync(WeComRobot robot, RobotCommand command, CancellationToken ct)
    {
        if (robot.Corporation is not { } corporation)
        {
            return command.Type == CommandTypes.Status ? Status(robot, WeComFault.NoSecrets) : Failed(WeComFault.NoSecrets, command);
        }

        using var data = JsonDocument.Parse(command.Data);
        var chatId = data.RootElement.Text("roomId", Robot.PlatformIdMaxLength);
        return command.Type switch
        {
            CommandTypes.Status => Status(robot, (await client.ListChatsAsync(corporation, cursor: null, limit: 1, ct)).Fault),
            CommandTypes.Start or CommandTypes.Stop or CommandTypes.Logout => Done(new { state = "online" }),
            CommandTypes.Members when chatId is not null => await MembersAsync(robot, corporation, command, chatId, ct),
            CommandTypes.RoomQr when chatId is not null => await QrAsync(robot, corporation, command, chatId, ct),
            _ => new Performed(new CommandResult(Ok: false, Data: null, ErrorCodes.Unsupported, "企业微信没有这个接口")),
        };
    }

    private static Performed Status(WeComRobot robot, WeComFault? fault) => Done(
        new { started = true, loggedIn = fault is null, state = fault is null ? "online" : "offline", userId = robot.CorpId, qr = (string?)null, capabilities = Capabilities }) with
    {
        Trouble = fault,
    };

    private async Task<Performed> QrAsync(WeComRobot robot, Corporation corporation, RobotCommand command, string chatId, CancellationToken ct)
    {
        var (text, fault) = await qrs.FetchAsync(robot, corporation, chatId, new GroupId(command.Subject), ct);
        return text is null ? Failed(fault ?? WeComFault.Strange, command) : Done(new { qr = text, issuedAt = time.GetUtcNow(), isPermanent = true });
    }

    private async Task<Performed> MembersAsync(WeComRobot robot, Corporation corporation, RobotCommand command, string chatId, CancellationToken ct)
    {
        // It was dissolved, whatever the API still says.
        var known = await chats.FindAsync(robot.Known.Id, chatId, ct);
        if (known?.DismissedAt is not null)
        {
            return Failed(WeComFault.NoSuchGroup, command);
        }

        var (answer, fault) = await client.GetChatAsync(corporation, chatId, ct);
        if (answer?.GroupChat is not { MemberList: not null } chat)
        {
            return Failed(fault ?? WeComFault.Strange, command);
        }

        // Callbacks are faster than the lists they are about; what is read too early would undo what they told.
        var isEarly = known?.WantedVersion is { } wanted && wanted != chat.MemberVersion && command.Attempts < MaxReads;
        await chats.ReadAsync(robot.Known, chatId, chat, isEarly ? null : known?.WantedVersion, ct);
        return isEarly
            ? new Performed(new CommandResult(Ok: false, Data: null, ErrorCodes.RateLimited, "成员列表还没有更新，稍后再读", ReadAgainAfter))
            : Done(ChatMembers.Of(chat, new GroupId(command.Subject)));
    }

    private static Performed Done(object data)
    {
        var element = JsonSerializer.SerializeToElement(data, data.GetType(), Json);
        return new Performed(new CommandResult(Ok: true, GatewayJson.Write(element, GatewaySocket.MaxMessageBytes) ?? "{}"));
    }

    private static Performed Failed(WeComFault fault, RobotCommand command)
    {
        var isGivenUp = fault.Word == ErrorCodes.RateLimited && command.Attempts >= MaxTries;
        var result = new CommandResult(Ok: false, Data: null, isGivenUp ? ErrorCodes.PuppetError : fault.Word, fault.Message, fault.RetryAfter * Math.Max(1, command.Attempts));
        return new Performed(result, fault.IsAboutSettings ? fault : null);
    }
}
