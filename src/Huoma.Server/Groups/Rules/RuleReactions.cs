using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.Groups.Blacklists;
using Huoma.Server.Groups.Rules.Announcements;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>What members write, and what became of what robots were told because of rules and announcements.</summary>
internal sealed class RuleReactions(
    HearMessages hearing, AnnouncementSending announcements, GroupPlaces places, GroupMembership membership, BlacklistGuard guard, CurrentActor actor, TimeProvider time)
    : IRobotListener
{
    public async Task OnEventAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct)
    {
        if (robotEvent.Type == EventTypes.Message && RoomNews.Read<RoomNews.Said>(robotEvent.Data) is { } said)
        {
            await hearing.HearAsync(robotEvent.RobotId, said, said.At ?? robotEvent.At, ct);
        }
    }

    public async Task OnResultAsync(RobotCommand command, HuomaDb db, CancellationToken ct)
    {
        switch (command.Purpose)
        {
            case RuleCommands.Announce:
                await announcements.TakeAsync(command, ct);
                break;
            case RuleCommands.Kick:
                var id = new KeywordHitId(command.Subject);
                if (await db.KeywordHits.SingleOrDefaultAsync(row => row.Id == id, ct) is { } hit)
                {
                    await KickedAsync(hit, command, ct);
                }

                break;
            default:
                break;
        }
    }

    private async Task KickedAsync(KeywordHit hit, RobotCommand command, CancellationToken ct)
    {
        var result = (RoomNews.Read<RoomNews.Kicked>(command.Result)?.Results ?? []).OfType<RoomNews.KickedMember>().FirstOrDefault(member => member.Id == hit.MemberId);
        if (result is { Ok: true } or { Code: ErrorCodes.NotMember })
        {
            hit.Ends(KickOutcome.Kicked, failure: null);
            if (await places.FindAsync(hit.GroupId, ct) is { } place)
            {
                actor.IsMachine("机器人");
                await membership.KickedAsync(place, [hit.MemberId], command.DoneAt ?? time.GetUtcNow(), ct);
                await guard.KickedAsync(place.LiveCode, [hit.MemberId], ct);
            }

            return;
        }

        hit.Ends(command.State == CommandState.Unknown ? KickOutcome.Unknown : KickOutcome.Failed, RuleTexts.KickFailed(result?.Code ?? command.ErrorCode));
    }
}
