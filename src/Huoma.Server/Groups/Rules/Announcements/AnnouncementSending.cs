using System.Diagnostics;
using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>Brings an announcement into a group, one command after the other, and never one of them twice.</summary>
internal sealed class AnnouncementSending(HuomaDb db, PostWriter writer, RuleCommands commands, TimeProvider time)
{
    /// <summary>The next command for the group, or why there is none.</summary>
    public async Task SendNextAsync(Announcement announcement, AnnouncementDelivery delivery, Group group, CancellationToken ct)
    {
        if (announcement.NextAfter(delivery.Sent) is not { } step)
        {
            return;
        }

        if (await ObstacleAsync(step, group, ct) is { } obstacle)
        {
            delivery.Fails(obstacle, time.GetUtcNow());
            return;
        }

        var name = group.RealName ?? group.Name;
        switch (step)
        {
            case AnnouncementStep.Announce announce:
                commands.SendAnnouncement(group, delivery, PostTokens.Fill(announce.Text, [], name).Text);
                break;
            case AnnouncementStep.Send send:
                commands.SendAnnouncement(group, delivery, await writer.PartsAsync(send.Posts, [], name, ct));
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What became of a command of an announcement.</summary>
    public async Task TakeAsync(RobotCommand command, CancellationToken ct)
    {
        var id = new AnnouncementDeliveryId(command.Subject);
        if (await db.AnnouncementDeliveries.SingleOrDefaultAsync(row => row.Id == id, ct) is not { State: AnnouncementState.Waiting } delivery)
        {
            return;
        }

        var now = time.GetUtcNow();
        var announcement = await db.Announcements.SingleAsync(row => row.Id == delivery.AnnouncementId, ct);
        if (command.State == CommandState.Done)
        {
            delivery.Advances(command.Type == CommandTypes.Announce ? 1 : announcement.Messages, announcement, now);
            var group = await db.Groups.SingleAsync(row => row.Id == delivery.GroupId, ct);
            await SendNextAsync(announcement, delivery, group, ct);
            return;
        }

        // Part of it may be there: the rest is what is tried again.
        delivery.Advances(RoomNews.Read<RoomNews.Sent>(command.Result)?.SentParts ?? 0, announcement, now);
        if (command.State == CommandState.Unknown)
        {
            delivery.IsUnknown(RuleTexts.Unknown, now);
        }
        else
        {
            delivery.Fails(RuleTexts.AnnouncementFailed(command), now);
        }
    }

    private async Task<string?> ObstacleAsync(AnnouncementStep step, Group group, CancellationToken ct)
    {
        if (group.Stage != GroupStage.Made)
        {
            return RuleTexts.NoGroup;
        }

        if (!await db.Robots.AnyAsync(row => row.Id == group.RobotId, ct))
        {
            return RuleTexts.NoRobot;
        }

        var robot = await db.RobotStates.AsNoTracking().SingleOrDefaultAsync(row => row.RobotId == group.RobotId, ct);
        var needed = step is AnnouncementStep.Send send ? send.Posts.Select(PostWriter.CapabilityOf) : [CommandTypes.Announce];
        return needed.FirstOrDefault(capability => robot?.Lacks(capability) == true) is { } lacking ? RuleTexts.Lacking(lacking) : null;
    }
}
