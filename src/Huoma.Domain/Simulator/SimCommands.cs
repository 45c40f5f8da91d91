using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Huoma.Domain.Simulator;

/// <summary>A command as it came over the wire.</summary>
/// <param name="Pictures">For parts that are pictures, by their place: the address where the picture can be seen. Without an entry there is none.</param>
public sealed record SimCommand(string Id, string Type, JsonElement Data, DateTimeOffset Deadline, IReadOnlyDictionary<int, string>? Pictures = null);

/// <summary>Does what a robot is told, as docs/robot-gateway.md, section 4, wants it: each command once, and never after its deadline.</summary>
public sealed class SimCommands(SimWorld world, SimRobot robot, DateTimeOffset now)
{
    /// <summary>Everything: the simulator is the platform that can do it all.</summary>
    public static readonly IReadOnlyList<string> Capabilities =
    [
        "robot.start", "robot.stop", "robot.logout", "robot.status", "contact.list", "room.create", "room.list", "room.qr", "room.rename", "room.announce", "room.send",
        "room.kick", "room.members", "room.add", "room.send.image", "room.send.link",
    ];

    private const int RestSeconds = 86_400;

    private static readonly TimeSpan ResultsKept = TimeSpan.FromDays(7);

    public SimResult Do(SimCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var hash = HashOf(command);
        if (robot.Results.TryGetValue(command.Id, out var kept))
        {
            return kept.Hash == hash ? kept.Result : Fail("BAD_REQUEST", "this id belongs to another command");
        }

        var result = Attempt(command);
        if (IsOnce(command.Type) && (result.Ok || result.Data is not null || result.Code is "UNKNOWN_OUTCOME" or "PUPPET_ERROR"))
        {
            Forget();
            robot.Results[command.Id] = new SimKeptResult(hash, result, now);
        }

        return result;
    }

    /// <summary>Can not be repeated, so its result is kept.</summary>
    private static bool IsOnce(string type) => type is "room.create" or "room.send" or "room.announce" or "room.add";

    /// <summary>What platforms count, and call too often.</summary>
    private static bool IsCounted(string type) => IsOnce(type) || type == "room.kick";

    private SimResult Attempt(SimCommand command)
    {
        var type = command.Type;
        if (!Capabilities.Contains(type, StringComparer.Ordinal) || type is "room.send.image" or "room.send.link")
        {
            return Fail("UNKNOWN_COMMAND", $"no such command: {type}");
        }

        if (type == "robot.status")
        {
            return Status();
        }

        if (command.Deadline <= now)
        {
            return Fail("EXPIRED", "could not begin before its deadline");
        }

        if (type.StartsWith("robot.", StringComparison.Ordinal))
        {
            return Turn(type);
        }

        if (!robot.IsOnline)
        {
            return robot.Login == SimLogin.Stopped ? Fail("ROBOT_NOT_STARTED", "the robot is not started") : Fail("ROBOT_OFFLINE", "the robot is not logged in");
        }

        if (IsCounted(type) && robot.Suffers(SimFault.RateLimit))
        {
            return Of(SimRefusals.TooOften);
        }

        if (type != "room.send" && robot.Suffers(SimFault.LogoutInCommand))
        {
            robot.Logout(world, "在另一台设备上登录", now);
            return Fail("ROBOT_OFFLINE", "logged out before it was done");
        }

        var result = Act(command);
        return result.Ok && IsOnce(type) && robot.Suffers(SimFault.UnknownOutcome) ? Fail("UNKNOWN_OUTCOME", "the platform did not answer") : result;
    }

    private SimResult Turn(string type)
    {
        switch (type)
        {
            case "robot.start":
                robot.Start(world, now);
                break;
            case "robot.stop":
                robot.Stop();
                break;
            default:
                robot.Logout(world, null, now);
                break;
        }

        return Done(new { state = StateWord() });
    }

    private SimResult Act(SimCommand command)
    {
        var input = new SimInput(command.Data);
        if (command.Type == "contact.list")
        {
            return Contacts();
        }

        if (command.Type == "room.create")
        {
            return Create(input.Text("name", SimWorld.NameMaxLength), input.Ids("memberIds", 2, 100), input.Problem);
        }

        if (command.Type == "room.list")
        {
            return Done(new { rooms = Mine().Select(group => new { roomId = group.Id, name = group.Name, ownerId = group.OwnerId, memberCount = group.Members.Count }) });
        }

        var roomId = input.Id("roomId");
        if (input.Problem is { } problem)
        {
            return Fail("BAD_REQUEST", problem);
        }

        return world.GroupOf(roomId) is { } group && group.Has(robot.AccountId) ? InRoom(command, group, input) : Fail("ROOM_NOT_FOUND", "the robot is in no such group");
    }

    private SimResult InRoom(SimCommand command, SimGroup group, SimInput input)
    {
        var wechat = new SimWeChat(world, now);
        return command.Type switch
        {
            "room.qr" => Qr(wechat.IssueQr(group.Id, robot.AccountId)),
            "room.rename" => Plain(input, input.Text("name", SimWorld.NameMaxLength), name => wechat.Rename(group.Id, robot.AccountId, name)),
            "room.announce" => Plain(input, input.Text("text", SimWorld.TextMaxLength), text => wechat.Announce(group.Id, robot.AccountId, text)),
            "room.send" => new SimSending(world, robot, group, now).Send(input, command.Pictures),
            "room.kick" => Each(input, id => wechat.Kick(group.Id, robot.AccountId, id), group),
            "room.add" => Each(input, id => wechat.Add(group.Id, robot.AccountId, id), null),
            "room.members" => Done(new { name = group.Name, ownerId = group.OwnerId, adminIds = group.AdminIds, members = group.Members.Select(member => SimJson.Member(world, member)) }),
            _ => throw new UnreachableException(),
        };
    }

    private SimResult Status() => Done(new
    {
        started = robot.Login != SimLogin.Stopped,
        loggedIn = robot.IsOnline,
        userId = robot.IsOnline ? robot.AccountId : null,
        qr = robot.LoginQr,
        state = StateWord(),
        name = world.NameOf(robot.AccountId),
        avatar = (string?)null,
        capabilities = Capabilities,
    });

    private SimResult Contacts()
    {
        var me = world.People[robot.AccountId];
        var known = me.FriendIds.Concat(Mine().SelectMany(group => group.Members).Select(member => member.PersonId)).Where(id => id != me.Id).Distinct(StringComparer.Ordinal);
        return Done(new { contacts = known.Select(id => new { id, name = world.NameOf(id), avatar = (string?)null, friend = me.FriendIds.Contains(id) }) });
    }

    private SimResult Create(string name, IReadOnlyList<string> memberIds, string? problem)
    {
        if (problem is not null)
        {
            return Fail("BAD_REQUEST", problem);
        }

        // Real platforms name a group in a second step, which may fail by itself.
        var isNamed = !robot.Suffers(SimFault.RenameFails);
        var (group, refusal) = new SimWeChat(world, now).Create(robot.AccountId, memberIds, isNamed ? name : "");
        return group is null ? Of(refusal) : Done(new { roomId = group.Id, nameApplied = isNamed });
    }

    private static SimResult Qr((SimQr? Qr, Refusal? Refusal) issued) => issued.Qr is not { } qr
        ? Of(issued.Refusal)
        : Done(new { qr = qr.Text, issuedAt = SimJson.Time(qr.IssuedAt), expiresAt = SimJson.Time(qr.ExpiresAt), expiresAtIsEstimate = false });

    private static SimResult Plain(SimInput input, string text, Func<string, Refusal?> act) =>
        input.Problem is { } problem ? Fail("BAD_REQUEST", problem) : act(text) is { } refusal ? Of(refusal) : Done(new { });

    private SimResult Each(SimInput input, Func<string, Refusal?> act, SimGroup? ledBySelf)
    {
        var ids = input.Ids("memberIds", 1, 100);
        if (input.Problem is { } problem)
        {
            return Fail("BAD_REQUEST", problem);
        }

        if (ledBySelf is not null && !ledBySelf.IsLedBy(robot.AccountId))
        {
            return Of(SimRefusals.NotOwner);
        }

        return Done(new
        {
            results = ids.Select(id => act(id) is { } refusal && Of(refusal) is var failed
                ? (object)new { id, ok = false, error = failed.Message, code = failed.Code }
                : new { id, ok = true }).ToList(),
        });
    }

    private IEnumerable<SimGroup> Mine() => world.Groups.Values.Where(group => group.DismissedAt is null && group.Has(robot.AccountId));

    private string StateWord() => robot.Login switch
    {
        SimLogin.Stopped => "stopped",
        SimLogin.Scanning => "scanning",
        SimLogin.Online => "online",
        SimLogin.Offline => "offline",
        _ => throw new UnreachableException(),
    };

    private void Forget()
    {
        foreach (var id in robot.Results.Where(kept => kept.Value.At + ResultsKept < now).Select(kept => kept.Key).ToList())
        {
            robot.Results.Remove(id);
        }
    }

    private static SimResult Done(object data) => new(true, SimJson.Write(data));

    private static SimResult Fail(string code, string message) => new(false, null, code, message);

    internal static SimResult Of(Refusal? refusal) => refusal?.Code switch
    {
        "sim.too-often" => new SimResult(false, null, "RATE_LIMITED", refusal.Message, RestSeconds),
        "sim.not-owner" or "sim.owner-stays" => Fail("NOT_OWNER", refusal.Message),
        "sim.not-member" => Fail("NOT_MEMBER", refusal.Message),
        "sim.no-group" => Fail("ROOM_NOT_FOUND", refusal.Message),
        "sim.text" or "sim.address" or "sim.name" => Fail("BAD_REQUEST", refusal.Message),
        _ => Fail("PUPPET_ERROR", refusal?.Message ?? "the platform said no"),
    };

    private static string HashOf(SimCommand command) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.Type}\n{command.Data.GetRawText()}")));
}
