namespace Huoma.Domain.Simulator;

/// <summary>What robots hear of what happens in their groups: those that are online, and nothing they do themselves but removing and renaming.</summary>
internal sealed class SimEars(SimWorld world, DateTimeOffset now)
{
    public void Joined(SimGroup group, IReadOnlyList<SimMember> members, string inviterId)
    {
        foreach (var robot in In(group))
        {
            var tellsInviter = !robot.Suffers(SimFault.EmptyInviter);
            var tellsWho = !robot.Suffers(SimFault.EmptyInvitees);
            robot.Tell(world, "room.memberJoined", new
            {
                roomId = group.Id,
                members = tellsWho ? members.Select(member => SimJson.Member(world, member, tellsInviter)) : [],
                inviterId = tellsInviter ? inviterId : null,
                scene = !tellsInviter ? "unknown" : inviterId == robot.AccountId ? "robot" : "member",
                at = SimJson.Time(now),
                needResync = !tellsWho,
            }, now);
            if (!tellsWho)
            {
                robot.Look(world, group, "resync", now);
            }
        }
    }

    public void Left(SimGroup group, string personId, string? removerId)
    {
        foreach (var robot in In(group))
        {
            robot.Tell(world, "room.memberLeft", new
            {
                roomId = group.Id,
                memberIds = (string[])[personId],
                removerId,
                how = removerId is null ? "left" : "kicked",
                at = SimJson.Time(now),
            }, now);
            if (robot.AccountId == personId)
            {
                robot.Looks.Remove(group.Id);
            }
        }
    }

    public void Renamed(SimGroup group, string before, string changerId)
    {
        foreach (var robot in In(group))
        {
            robot.Tell(world, "room.renamed", new { roomId = group.Id, name = group.Name, oldName = before, changerId, at = SimJson.Time(now) }, now);
        }
    }

    public void Said(SimGroup group, SimMessage message)
    {
        foreach (var robot in In(group))
        {
            if (robot.AccountId == message.SenderId || message.SenderId is null)
            {
                continue;
            }

            robot.Tell(world, "room.message", new
            {
                msgId = message.Id,
                roomId = group.Id,
                senderId = message.SenderId,
                senderName = world.NameOf(message.SenderId),
                type = message.Kind switch { SimMessageKind.Image => "image", SimMessageKind.Link => "url", _ => "text" },
                text = message.Kind is SimMessageKind.Text or SimMessageKind.Announcement ? message.Text : null,
                mentionIds = message.MentionIds ?? [],
                at = SimJson.Time(message.At),
            }, now);
        }
    }

    /// <summary>To the robots in it, it is as if they had been removed.</summary>
    public void Dismissed(SimGroup group)
    {
        foreach (var robot in In(group))
        {
            Left(group, robot.AccountId, group.OwnerId);
        }
    }

    public void Befriended(SimRobot robot, SimPerson person, string? hello)
    {
        if (robot.IsOnline)
        {
            robot.Tell(world, "friend.request", new { requestId = $"fr-{world.Word(12)}", contactId = person.Id, name = person.Name, hello, at = SimJson.Time(now) }, now);
        }
    }

    private List<SimRobot> In(SimGroup group) => [.. world.Robots.Values.Where(robot => robot.IsOnline && group.Has(robot.AccountId))];
}
