using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Robots;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>Reads the groups of a code as the console shows them.</summary>
internal sealed class GroupQueries(HuomaDb db, SlotStateQueries slotStates, TimeProvider time)
{
    /// <summary>In the order of their numbers. Which one serves depends on those before it, so they are always read together.</summary>
    public async Task<IReadOnlyList<GroupResponse>> DescribeAsync(LiveCode liveCode, CancellationToken ct)
    {
        var groups = await db.Groups.AsNoTracking().Where(group => group.LiveCodeId == liveCode.Id).OrderBy(group => group.Number).ToListAsync(ct);
        var ids = groups.ConvertAll(group => group.Id.Value);
        var robotIds = groups.Select(group => group.RobotId).Distinct().ToList();
        var robots = await db.Robots.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(robot => robotIds.Contains(robot.Id)).ToDictionaryAsync(robot => robot.Id, robot => robot.Name, ct);
        var accounts = await db.RobotStates.AsNoTracking().Where(state => robotIds.Contains(state.RobotId)).ToDictionaryAsync(state => state.RobotId, state => state.AccountId, ct);
        var now = time.GetUtcNow();
        var (slots, states) = await slotStates.LoadAsync(liveCode, now, ct);
        var statuses = SlotState.StatusesOf(states, now).Select((status, at) => (states[at].Id, Status: status, states[at].PressVisitors)).ToDictionary(row => row.Id);
        var urls = await UrlsAsync(slots, ct);
        var renames = await RenamesAsync(ids, ct);
        return groups.ConvertAll(group => new GroupResponse(
            group.Id,
            group.LiveCodeId,
            group.Number,
            group.Linked,
            group.Name,
            group.RealName,
            renames.TryGetValue(group.Id.Value, out var renaming) ? renaming : null,
            group.RoomId,
            group.RobotId,
            robots.GetValueOrDefault(group.RobotId, ""),
            group.Members,
            group.SlotId is { } id && statuses.TryGetValue(id, out var of) ? of.PressVisitors : 0,
            group.MemberThreshold,
            StateOf(group, group.SlotId is { } slotId && statuses.TryGetValue(slotId, out var status) ? status.Status : null),
            group.Failure,
            group.SlotId is { } shown ? urls.GetValueOrDefault(shown) : null,
            group.QrExpiresAt == Slot.Never ? null : group.QrExpiresAt,
            group.CreatedAt,
            group.OwnerId is { } owner && accounts.GetValueOrDefault(group.RobotId) is { } account ? owner == account : null));
    }

    private static GroupState StateOf(Group group, SlotStatus? status) => group.Stage switch
    {
        GroupStage.Failed => GroupState.Failed,
        GroupStage.Dismissed => GroupState.Dismissed,
        GroupStage.Made when status is { } shown => shown switch
        {
            SlotStatus.Serving => GroupState.Serving,
            SlotStatus.Waiting => GroupState.Waiting,
            SlotStatus.Full => GroupState.Full,
            SlotStatus.Expired => GroupState.Expired,
            _ => GroupState.Dismissed,
        },
        _ => GroupState.Creating,
    };

    private async Task<Dictionary<SlotId, string>> UrlsAsync(IReadOnlyList<Slot> slots, CancellationToken ct)
    {
        var ids = slots.Select(slot => slot.ImageId).ToList();
        var images = await db.Images.AsNoTracking().Where(image => ids.Contains(image.Id)).ToDictionaryAsync(image => image.Id, image => image.Url, ct);
        return slots.Where(slot => images.ContainsKey(slot.ImageId)).ToDictionary(slot => slot.Id, slot => images[slot.ImageId]);
    }

    /// <summary>The last 同步群名 of each group, while it is worth showing.</summary>
    private async Task<Dictionary<long, RenameState>> RenamesAsync(List<long> ids, CancellationToken ct)
    {
        var commands = await db.RobotCommands.AsNoTracking().Where(command => command.Purpose == GroupCommands.Rename && ids.Contains(command.Subject))
            .Select(command => new { command.Subject, command.State, command.CreatedAt }).ToListAsync(ct);
        return commands.GroupBy(command => command.Subject).Select(of => (Id: of.Key, of.MaxBy(command => command.CreatedAt)?.State))
            .Where(row => row.State is not (null or CommandState.Done))
            .ToDictionary(row => row.Id, row => row.State is CommandState.Queued or CommandState.Sent ? RenameState.Pending : RenameState.Failed);
    }
}
