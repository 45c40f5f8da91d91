using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>群规则 of a code (F102–F106).</summary>
/// <param name="Staff">工作人员, who are neither removed nor reminded, besides the robots' own friends.</param>
/// <param name="Robots">Who keeps its groups, and what they can not do.</param>
[SchemaExample("""
    { "welcome": { "enabled": true, "intervalSeconds": 10, "messages": [
        { "type": "text", "text": "@{群新人} 欢迎加入{群名字}", "imageId": null, "imageUrl": null, "title": null, "description": null, "url": null }] },
      "imageReminder": { "enabled": false, "intervalSeconds": 10, "text": "" },
      "keywordKick": { "enabled": true, "keywords": ["加微信", "兼职"] },
      "staff": [{ "id": "wxid_helper", "name": "小李" }],
      "robots": [{ "id": "5Vd1Rt8Ys3K", "name": "小助手", "lacks": [] }] }
    """)]
internal sealed record GroupRulesResponse(
    WelcomeRuleResponse Welcome, ImageReminderResponse ImageReminder, KeywordKickResponse KeywordKick, IReadOnlyList<StaffResponse> Staff,
    IReadOnlyList<RuleRobotResponse> Robots);

/// <param name="Messages">At most three, in the order in which they are sent. Texts may hold <c>@{群新人}</c> and <c>{群名字}</c>.</param>
internal sealed record WelcomeRuleResponse(bool Enabled, int IntervalSeconds, IReadOnlyList<PostResponse> Messages);

internal sealed record ImageReminderResponse(bool Enabled, int IntervalSeconds, string Text);

internal sealed record KeywordKickResponse(bool Enabled, IReadOnlyList<string> Keywords);

/// <param name="Id">What the platform calls him.</param>
internal sealed record StaffResponse(string Id, string Name);

/// <inheritdoc cref="GroupRulesResponse"/>
internal static class ShowRules
{
    public static async Task<Results<Ok<GroupRulesResponse>, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, RobotAbilities abilities, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        if (GroupRules.CanBeKept(liveCode) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var rules = await db.GroupRules.AsNoTracking().SingleOrDefaultAsync(row => row.LiveCodeId == id, ct);
        return TypedResults.Ok(await DescribeAsync(id, rules, db, abilities, ct));
    }

    /// <param name="rules">Null: nobody has set any yet.</param>
    public static async Task<GroupRulesResponse> DescribeAsync(LiveCodeId id, GroupRules? rules, HuomaDb db, RobotAbilities abilities, CancellationToken ct)
    {
        var (welcome, reminder, kick) = rules is null ? (WelcomeMessage.None, ImageReminder.None, KeywordKick.None) : (rules.Welcome, rules.ImageReminder, rules.KeywordKick);
        var staffIds = rules?.StaffIds ?? [];
        var names = staffIds.Count == 0 ? [] : await db.GroupMembers.AsNoTracking().Where(member => member.LiveCodeId == id && staffIds.Contains(member.MemberId))
            .Select(member => new { member.MemberId, member.Name }).ToListAsync(ct);
        return new GroupRulesResponse(
            new WelcomeRuleResponse(welcome.Enabled, welcome.IntervalSeconds, await PostResponse.OfAsync(welcome.Messages, db, ct)),
            new ImageReminderResponse(reminder.Enabled, reminder.IntervalSeconds, reminder.Text),
            new KeywordKickResponse(kick.Enabled, kick.Keywords),
            [.. staffIds.Select(staff => new StaffResponse(staff, names.Find(row => row.MemberId == staff)?.Name ?? ""))],
            await abilities.OfAsync(id, ct));
    }
}
