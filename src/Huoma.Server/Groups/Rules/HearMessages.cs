using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>What members write: 关键字踢人 (F106) for texts, 图片提醒 (F105) for pictures. The robot's row is locked, so nothing of the group happens twice.</summary>
internal sealed class HearMessages(HuomaDb db, HeardMessageStore heard, GroupStaff staff, PostWriter writer, RuleCommands commands, TimeProvider time)
{
    public async Task HearAsync(RobotId robotId, RoomNews.Said said, DateTimeOffset at, CancellationToken ct)
    {
        // Of a code in the recycle bin nothing is heard.
        if (said is not { SenderId: { Length: > 0 } senderId, Type: "text" or "image" }
            || await db.Groups.AsNoTracking().SingleOrDefaultAsync(
                group => group.RobotId == robotId && group.RoomId == said.RoomId && group.Stage == GroupStage.Made && db.LiveCodes.Any(code => code.Id == group.LiveCodeId), ct)
            is not { } group)
        {
            return;
        }

        var rules = await db.GroupRules.AsNoTracking().SingleOrDefaultAsync(row => row.LiveCodeId == group.LiveCodeId, ct);
        var roles = await staff.RolesInAsync(group, rules?.StaffIds ?? [], ct);
        if (said.Type == "image")
        {
            await RemindAsync(group, rules, roles, senderId, at, ct);
        }
        else if (said is { Text.Length: > 0, MsgId.Length: > 0 } && !roles.RobotIds.Contains(senderId, StringComparer.Ordinal)
            && await heard.KeepAsync(group, said, senderId, at, ct) && rules is { KeywordKick.Enabled: true } && at >= rules.KeywordsSince)
        {
            await KickAsync(group, rules.KeywordKick, roles, said, senderId, at, ct);
        }
    }

    private async Task KickAsync(Group group, KeywordKick rule, GroupRoles roles, RoomNews.Said said, string senderId, DateTimeOffset at, CancellationToken ct)
    {
        if (KickDecision.Of(rule, senderId, said.Text ?? "", roles) is not KickDecision.Kick kick)
        {
            return;
        }

        var member = await db.GroupMembers.AsNoTracking().SingleOrDefaultAsync(row => row.GroupId == group.Id && row.MemberId == senderId, ct);
        if (member?.HasLeftSince(at) == true
            || await db.KeywordHits.AnyAsync(row => row.GroupId == group.Id && row.MemberId == senderId && row.Outcome == KickOutcome.Pending, ct))
        {
            return;
        }

        var hit = new KeywordHit(NewId.Of<KeywordHit>(), group, senderId, member?.Name ?? said.SenderName ?? "", kick.Keyword, said.Text ?? "", at);
        db.KeywordHits.Add(hit);
        if (await db.RobotStates.AsNoTracking().SingleOrDefaultAsync(row => row.RobotId == group.RobotId, ct) is { } robot && robot.Lacks(CommandTypes.Kick))
        {
            hit.Ends(KickOutcome.Failed, RuleTexts.CanNotKick);
            return;
        }

        commands.SendKick(group, hit);
    }

    private async Task RemindAsync(Group group, GroupRules? rules, GroupRoles roles, string senderId, DateTimeOffset at, CancellationToken ct)
    {
        if (rules is not { ImageReminder: { Enabled: true } reminder } || roles.ExemptionOf(senderId) is not null)
        {
            return;
        }

        if (await db.GroupRuleStates.FindAsync([group.Id], ct) is not { } state)
        {
            state = new GroupRuleState(group);
            db.GroupRuleStates.Add(state);
        }

        if (state.Reminds(reminder, at, time.GetUtcNow()) is ReplyDecision.Reply reply)
        {
            var parts = await writer.PartsAsync([new GroupPost(PostKind.Text, reminder.Text)], [], group.RealName ?? group.Name, ct);
            commands.SendReply(group, parts, reply.Until);
        }
    }
}
