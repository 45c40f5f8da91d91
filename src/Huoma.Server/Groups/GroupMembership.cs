using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>Keeps the members of a group as its robot tells them, and with them how much room it has.</summary>
internal sealed class GroupMembership(HuomaDb db, GroupCommands commands)
{
    public async Task<MemberNews> JoinAsync(GroupPlace place, RoomNews.Joined joined, DateTimeOffset at, CancellationToken ct)
    {
        var source = joined.Scene switch { "robot" => MemberSource.Robot, "member" => MemberSource.Member, _ => MemberSource.Unknown };
        var known = await KnownAsync(place, ct);
        var news = IsOld(place, at) ? MemberNews.None : MemberList.Join(known, RoomNews.Member.SeenOf(joined.Members), at);
        Apply(place, known, news, source, Leaving.Unknown, at);

        // The platform does not always tell who it was.
        if (!joined.IsWholeTruth)
        {
            await AskAsync(place, ct);
        }

        return news;
    }

    public async Task LeaveAsync(GroupPlace place, RoomNews.Left left, DateTimeOffset at, CancellationToken ct)
    {
        var how = left.How switch { "left" => Leaving.Left, "kicked" => Leaving.Kicked, _ => Leaving.Unknown };
        var known = await KnownAsync(place, ct);
        var news = IsOld(place, at) ? MemberNews.None : MemberList.Leave(known, left.MemberIds ?? [], at);
        Apply(place, known, news, MemberSource.Unknown, how, at);
        if (left.NeedResync || left.MemberIds is null or { Count: 0 })
        {
            await AskAsync(place, ct);
        }
    }

    /// <summary>A list of ids says whether something was missed; who they are is asked for.</summary>
    public async Task LookAsync(GroupPlace place, RoomNews.Present present, CancellationToken ct)
    {
        var known = await KnownAsync(place, ct);
        if (present.NeedResync)
        {
            await AskAsync(place, ct);
        }
        else if (present.MemberIds is { } ids && !known.Values.Where(member => member.IsIn).Select(member => member.MemberId).ToHashSet(StringComparer.Ordinal).SetEquals(ids))
        {
            await AskAsync(place, ct);
        }

        place.Group.IsLedBy(present.OwnerId, adminIds: null);
        if (present.Name is { Length: > 0 } name)
        {
            place.Group.IsCalled(name);
        }
    }

    /// <param name="at">When the list was asked for: whatever happened since may or may not be in it.</param>
    /// <returns>What was new; nothing when it is the first list.</returns>
    public async Task<MemberNews> CompareAsync(GroupPlace place, RoomNews.Snapshot snapshot, DateTimeOffset at, CancellationToken ct)
    {
        if (snapshot.Members is null || IsOld(place, at))
        {
            return MemberNews.None;
        }

        var known = await KnownAsync(place, ct);
        var news = MemberList.Compare(known, RoomNews.Member.SeenOf(snapshot.Members), at);
        Apply(place, known, news, known.Count == 0 ? MemberSource.Founding : MemberSource.Unknown, Leaving.Unknown, at);
        var isFirst = place.Group.ComparedAt is null;
        place.Group.IsCompared(at);
        place.Group.IsLedBy(snapshot.OwnerId, snapshot.AdminIds);
        if (snapshot.Name is { Length: > 0 } name)
        {
            place.Group.IsCalled(name);
        }

        return isFirst ? MemberNews.None : news;
    }

    /// <summary>Those whom the robot removed at our word.</summary>
    public async Task KickedAsync(GroupPlace place, IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken ct)
    {
        var known = await KnownAsync(place, ct);
        Apply(place, known, MemberList.Leave(known, ids, at), MemberSource.Unknown, Leaving.Kicked, at);
    }

    private static bool IsOld(GroupPlace place, DateTimeOffset at) => at < place.Group.ComparedAt;

    private async Task<Dictionary<string, GroupMember>> KnownAsync(GroupPlace place, CancellationToken ct) =>
        await db.GroupMembers.Where(member => member.GroupId == place.Group.Id).ToDictionaryAsync(member => member.MemberId, StringComparer.Ordinal, ct);

    private void Apply(GroupPlace place, Dictionary<string, GroupMember> known, MemberNews news, MemberSource source, Leaving how, DateTimeOffset at)
    {
        foreach (var seen in news.Joined)
        {
            if (known.TryGetValue(seen.Id, out var row))
            {
                row.Joins(seen, source, at);
                continue;
            }

            known[seen.Id] = new GroupMember(place.Group, seen, source, at);
            db.GroupMembers.Add(known[seen.Id]);
        }

        foreach (var seen in news.Changed)
        {
            known[seen.Id].IsCalled(seen, at);
        }

        foreach (var id in news.Left)
        {
            known[id].Leaves(how, at);
        }

        place.Group.Has(known.Values.Count(member => member.IsIn), place.LiveCode.Recycle);
        place.TellRoom();
    }

    private async Task AskAsync(GroupPlace place, CancellationToken ct)
    {
        // One that was sent already may have looked before this happened.
        if (place.Group.Stage == GroupStage.Made && !await db.RobotCommands.AnyAsync(
            command => command.Purpose == GroupCommands.Compare && command.Subject == place.Group.Id.Value && command.State == CommandState.Queued, ct))
        {
            commands.SendCompare(place.Group);
        }
    }
}
