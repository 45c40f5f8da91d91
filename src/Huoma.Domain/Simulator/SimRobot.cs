using System.Text.Json.Serialization;

namespace Huoma.Domain.Simulator;

/// <summary>How a robot's account is doing.</summary>
public enum SimLogin
{
    Stopped = 1,

    /// <summary>Waits for its QR to be scanned.</summary>
    Scanning = 2,
    Online = 3,

    /// <summary>Started, and logged out.</summary>
    Offline = 4,
}

/// <summary>Something the gateway has to report: in its outbox until it is acknowledged.</summary>
/// <param name="Data">JSON.</param>
public sealed record SimEvent(long Seq, string Id, string Type, DateTimeOffset At, string Data);

/// <summary>What became of a command.</summary>
/// <param name="Data">JSON; of a failure only when part of the work was done.</param>
/// <param name="Code">Null when it went well.</param>
public sealed record SimResult(bool Ok, string? Data, string? Code = null, string? Message = null, int? RetryAfterSec = null);

/// <summary>A result that is kept, so that its command is never done twice.</summary>
/// <param name="Hash">Of the command: another one by the same id is refused.</param>
public sealed record SimKeptResult(string Hash, SimResult Result, DateTimeOffset At);

/// <summary>
/// A robot of the simulator: its account, and what its gateway keeps. Because all of it is one document with the world, a command's effect
/// and its result, a thing that happened and its event are stored together or not at all.
/// </summary>
public sealed class SimRobot(string robotId, string accountId)
{
    /// <summary>Of events nobody fetches; older ones are lost, and the next snapshot makes up for them.</summary>
    private const int LongestOutbox = 5_000;

    public string RobotId { get; } = robotId;

    /// <summary>The wxid it logs in as.</summary>
    public string AccountId { get; } = accountId;

    [JsonInclude]
    public SimLogin Login { get; private set; } = SimLogin.Stopped;

    /// <summary>The session is good still, so that the next start needs no scan.</summary>
    [JsonInclude]
    public bool IsRemembered { get; private set; }

    /// <summary>The text of the login QR while it is to be scanned.</summary>
    [JsonInclude]
    public string? LoginQr { get; private set; }

    [JsonInclude]
    public long LastSeq { get; private set; }

    [JsonInclude]
    public IList<SimEvent> Outbox { get; private init; } = [];

    /// <summary>By the command's id.</summary>
    [JsonInclude]
    public IDictionary<string, SimKeptResult> Results { get; private init; } = new Dictionary<string, SimKeptResult>(StringComparer.Ordinal);

    /// <summary>Who was in each group at the last look.</summary>
    [JsonInclude]
    public IDictionary<string, IList<string>> Looks { get; private init; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    [JsonInclude]
    public IList<SimFault> Faults { get; private init; } = [];

    /// <summary>What is told after the next thing, see <see cref="SimFault.ReorderedEvents"/>.</summary>
    [JsonInclude]
    public SimEvent? Held { get; private set; }

    [JsonIgnore]
    public bool IsOnline => Login == SimLogin.Online;

    public void Start(SimWorld world, DateTimeOffset now)
    {
        if (Login is SimLogin.Scanning or SimLogin.Online)
        {
            return;
        }

        if (IsRemembered)
        {
            Enter(world, now);
            return;
        }

        ArgumentNullException.ThrowIfNull(world);
        Login = SimLogin.Scanning;
        LoginQr = $"http://weixin.qq.com/x/{world.Word(22)}";
        Tell(world, "robot.scan", new { qr = LoginQr, status = "waiting" }, now);
    }

    /// <summary>扫码登录: the owner of the account scans and confirms.</summary>
    public Refusal? Scan(SimWorld world, DateTimeOffset now)
    {
        if (Login != SimLogin.Scanning)
        {
            return new Refusal("sim.no-login-qr", Login == SimLogin.Online ? "已经登录" : "机器人还没有要登录，请先在后台启动它");
        }

        Tell(world, "robot.scan", new { qr = (string?)null, status = "scanned" }, now);
        Tell(world, "robot.scan", new { qr = (string?)null, status = "confirmed" }, now);
        Enter(world, now);
        return null;
    }

    public void Stop()
    {
        Login = SimLogin.Stopped;
        LoginQr = null;
    }

    /// <summary>By command, on the phone, or because WeChat says so.</summary>
    public void Logout(SimWorld world, string? reason, DateTimeOffset now)
    {
        IsRemembered = false;
        if (Login == SimLogin.Online)
        {
            Login = SimLogin.Offline;
            Tell(world, "robot.logout", new { userId = AccountId, reason }, now);
        }
    }

    /// <summary>Everything up to this number is stored at the server.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Acknowledge(long seq)
    {
        var some = false;
        while (Outbox.Count > 0 && Outbox[0].Seq <= seq)
        {
            Outbox.RemoveAt(0);
            some = true;
        }

        return some;
    }

    /// <summary>Whether this was asked for; each time only once.</summary>
    public bool Suffers(SimFault fault) => Faults.Remove(fault);

    /// <summary>Who is in each group now, all of them.</summary>
    public void LookAround(SimWorld world, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        foreach (var group in world.Groups.Values)
        {
            if (group.DismissedAt is null && group.Has(AccountId))
            {
                Look(world, group, "periodic", now);
            }
        }
    }

    internal void Look(SimWorld world, SimGroup group, string reason, DateTimeOffset now)
    {
        if (!IsOnline)
        {
            return;
        }

        List<string> ids = [.. group.Members.Select(member => member.PersonId)];
        var before = Looks.TryGetValue(group.Id, out var seen) ? seen : ids;
        Looks[group.Id] = ids;
        Tell(world, "room.memberSnapshot", new
        {
            roomId = group.Id,
            name = group.Name,
            ownerId = group.OwnerId,
            memberIds = ids,
            joined = group.Members.Where(member => !before.Contains(member.PersonId)).Select(member => SimJson.Member(world, member)),
            left = before.Where(id => !ids.Contains(id)),
            reason,
            at = SimJson.Time(now),
        }, now);
    }

    /// <summary>Puts an event into the outbox, or does to it what somebody asked for.</summary>
    internal void Tell(SimWorld world, string type, object data, DateTimeOffset now)
    {
        var told = new SimEvent(0, "", type, now, SimJson.Write(data));
        if (!IsSpoilable(type))
        {
            Put(world, told);
            return;
        }

        if (Suffers(SimFault.LostEvent))
        {
            return;
        }

        if (Held is null && Suffers(SimFault.ReorderedEvents))
        {
            Held = told;
            return;
        }

        Put(world, told);
        if (Suffers(SimFault.DuplicateEvent))
        {
            Put(world, told);
        }

        if (Held is { } late)
        {
            Held = null;
            Put(world, late);
        }
    }

    // Of what the account does itself nothing is lost: tests could not go on.
    private static bool IsSpoilable(string type) => type is "room.memberJoined" or "room.memberLeft" or "room.message" or "room.renamed";

    private void Enter(SimWorld world, DateTimeOffset now)
    {
        Login = SimLogin.Online;
        IsRemembered = true;
        LoginQr = null;
        Tell(world, "robot.login", new { userId = AccountId, name = world.NameOf(AccountId), avatar = (string?)null }, now);
        Tell(world, "robot.ready", new { }, now);
        LookAround(world, now);
    }

    private void Put(SimWorld world, SimEvent told)
    {
        Outbox.Add(told with { Seq = ++LastSeq, Id = world.Uuid() });
        while (Outbox.Count > LongestOutbox)
        {
            Outbox.RemoveAt(0);
        }
    }
}
