using Huoma.Domain.Robots;
using Huoma.Server.Groups.Blacklists;
using Huoma.Server.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>What happens in groups, and what became of what robots were told: finds the group, locks its code, and leaves the rest to who knows about it.</summary>
internal sealed class GroupReactions(HuomaDb db, GroupPlaces places, GroupResults results, GroupMembership membership, BlacklistGuard guard, GreetNewcomers greeting, CurrentActor actor) : IRobotListener
{
    public async Task OnEventAsync(RobotEvent robotEvent, HuomaDb _, CancellationToken ct)
    {
        switch (robotEvent.Type)
        {
            case EventTypes.MemberJoined when RoomNews.Read<RoomNews.Joined>(robotEvent.Data) is { } joined:
                await InGroupAsync(robotEvent, joined.RoomId, place => JoinedAsync(place, joined, joined.At ?? robotEvent.At, ct), ct);
                break;
            case EventTypes.MemberLeft when RoomNews.Read<RoomNews.Left>(robotEvent.Data) is { } left:
                await InGroupAsync(robotEvent, left.RoomId, place => membership.LeaveAsync(place, left, left.At ?? robotEvent.At, ct), ct);
                break;
            case EventTypes.MemberSnapshot when RoomNews.Read<RoomNews.Present>(robotEvent.Data) is { } present:
                await InGroupAsync(robotEvent, present.RoomId, place => membership.LookAsync(place, present, ct), ct);
                break;
            case EventTypes.Renamed when RoomNews.Read<RoomNews.Renamed>(robotEvent.Data) is { Name: { } name } renamed:
                await InGroupAsync(robotEvent, renamed.RoomId, place => { place.Group.IsCalled(name); return Task.CompletedTask; }, ct);
                break;
            default:
                break;
        }
    }

    public async Task OnResultAsync(RobotCommand command, HuomaDb _, CancellationToken ct)
    {
        if (!command.Purpose.StartsWith("groups.", StringComparison.Ordinal) || await places.FindAsync(new GroupId(command.Subject), ct) is not { } place)
        {
            return;
        }

        actor.IsMachine("机器人");
        await results.TakeAsync(place, command, ct);
    }

    private async Task JoinedAsync(GroupPlace place, RoomNews.Joined joined, DateTimeOffset at, CancellationToken ct)
    {
        var news = await membership.JoinAsync(place, joined, at, ct);
        if (!news.IsNone)
        {
            await db.SaveChangesAsync(ct);
            await guard.ExpelAsync(place.LiveCode, ct);
        }

        await greeting.JoinedAsync(place, news.Joined, joined.IsWholeTruth, at, ct);
    }

    private async Task InGroupAsync(RobotEvent robotEvent, string? roomId, Func<GroupPlace, Task> react, CancellationToken ct)
    {
        var id = await db.Groups.Where(group => group.RobotId == robotEvent.RobotId && group.RoomId == roomId).Select(group => (GroupId?)group.Id).SingleOrDefaultAsync(ct);
        if (id is { } groupId && await places.FindAsync(groupId, ct) is { } place)
        {
            actor.IsMachine("机器人");
            await react(place);
        }
    }
}
