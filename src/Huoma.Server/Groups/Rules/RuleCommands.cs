using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.Robots;

namespace Huoma.Server.Groups.Rules;

/// <summary>What robots are told because of 群规则 and 群公告; each is saved with whatever its caller saves.</summary>
internal sealed class RuleCommands(RobotOutbox outbox, TimeProvider time)
{
    /// <summary>Answers to what happened; nobody waits for what becomes of them. Subject: the group.</summary>
    public const string Reply = "rules.reply";

    /// <summary>Subject: the <see cref="KeywordHit"/>.</summary>
    public const string Kick = "rules.kick";

    /// <summary>Subject: the <see cref="AnnouncementDelivery"/>.</summary>
    public const string Announce = "rules.announce";

    private static readonly TimeSpan KickWithin = TimeSpan.FromHours(1);

    /// <summary>A hundred groups take a robot half an hour.</summary>
    private static readonly TimeSpan AnnounceWithin = TimeSpan.FromHours(2);

    /// <param name="until">Later it is no answer any more.</param>
    public void SendReply(Group group, IReadOnlyList<object> parts, DateTimeOffset until) =>
        outbox.Send(group.RobotId, CommandTypes.Send, new { roomId = group.RoomId, parts }, Reply, group.Id.Value, until - time.GetUtcNow());

    public void SendKick(Group group, KeywordHit hit) =>
        outbox.Send(group.RobotId, CommandTypes.Kick, new { roomId = group.RoomId, memberIds = new[] { hit.MemberId } }, Kick, hit.Id.Value, KickWithin);

    public void SendAnnouncement(Group group, AnnouncementDelivery delivery, string text) =>
        outbox.Send(group.RobotId, CommandTypes.Announce, new { roomId = group.RoomId, text }, Announce, delivery.Id.Value, AnnounceWithin);

    public void SendAnnouncement(Group group, AnnouncementDelivery delivery, IReadOnlyList<object> parts) =>
        outbox.Send(group.RobotId, CommandTypes.Send, new { roomId = group.RoomId, parts }, Announce, delivery.Id.Value, AnnounceWithin);
}
