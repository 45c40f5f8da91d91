using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>What robots are told about a group; each is saved with whatever its caller saves.</summary>
internal sealed class GroupCommands(HuomaDb db, RobotOutbox outbox)
{
    public const string Create = "groups.create";
    public const string Find = "groups.find";
    public const string FetchQr = "groups.qr";
    public const string Compare = "groups.members";
    public const string Rename = "groups.rename";
    public const string Kick = "groups.kick";

    private static readonly TimeSpan CreateWithin = TimeSpan.FromHours(2);
    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    public void SendCreate(Group group, Robot robot) =>
        outbox.Send(robot.Id, CommandTypes.CreateRoom, new { name = group.Name, memberIds = robot.SeedIds }, Create, group.Id.Value, CreateWithin);

    /// <summary>Nobody knows whether it was made: its robot's groups tell.</summary>
    public void SendFind(Group group) => outbox.Send(group.RobotId, CommandTypes.ListRooms, new { }, Find, group.Id.Value, CreateWithin);

    public void SendFetchQr(Group group) => outbox.Send(group.RobotId, CommandTypes.RoomQr, new { roomId = group.RoomId }, FetchQr, group.Id.Value, Within);

    public void SendCompare(Group group) => outbox.Send(group.RobotId, CommandTypes.Members, new { roomId = group.RoomId }, Compare, group.Id.Value, Within);

    public void SendRename(Group group) => outbox.Send(group.RobotId, CommandTypes.RenameRoom, new { roomId = group.RoomId, name = group.Name }, Rename, group.Id.Value, Within);

    public void SendKick(Group group, IReadOnlyList<string> memberIds) =>
        outbox.Send(group.RobotId, CommandTypes.Kick, new { roomId = group.RoomId, memberIds }, Kick, group.Id.Value, Within);

    /// <summary>Which of these groups have a command of this purpose on its way.</summary>
    /// <param name="answeredSince">Those whose command was answered since then count too: nobody may have reacted to it yet. Null: they do not.</param>
    public async Task<HashSet<long>> OnTheirWayAsync(string purpose, IReadOnlyCollection<long> groups, CancellationToken ct, DateTimeOffset? answeredSince = null)
    {
        var found = await db.RobotCommands.Where(command => command.Purpose == purpose && groups.Contains(command.Subject)
                && (command.State == CommandState.Queued || command.State == CommandState.Sent || command.DoneAt >= answeredSince))
            .Select(command => command.Subject).ToListAsync(ct);
        return [.. found];
    }
}
