using Huoma.Domain;
using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.Robots;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>Sets 群规则 of a code, all of them: what is missing is switched off (but <c>staffIds</c>, which stay).</summary>
internal static class SaveRules
{
    [SchemaExample("""
        { "welcome": { "enabled": true, "intervalSeconds": 10, "messages": [{ "type": "text", "text": "@{群新人} 欢迎加入{群名字}" }] },
          "imageReminder": { "enabled": false, "intervalSeconds": 10, "text": "" }, "keywordKick": { "enabled": true, "keywords": ["加微信", "兼职"] } }
        """)]
    public sealed record Request(WelcomeRuleInput? Welcome, ImageReminderInput? ImageReminder, KeywordKickInput? KeywordKick, IReadOnlyList<string?>? StaffIds);

    public static async Task<Results<Ok<GroupRulesResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, RobotAbilities abilities, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors();
        request.Welcome?.Check(errors);
        request.ImageReminder?.Check(errors);
        request.KeywordKick?.Check(errors);
        CheckStaff(request.StaffIds, errors);
        await PostInput.CheckPicturesAsync("welcome.messages", request.Welcome?.Messages ?? [], db, errors, ct);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var now = time.GetUtcNow();
        var rules = await db.GroupRules.SingleOrDefaultAsync(row => row.LiveCodeId == id, ct);
        var isNew = rules is null;
        rules ??= new GroupRules(edit.LiveCode, now);
        var refusal = GroupRules.CanBeKept(edit.LiveCode) ?? Become(rules, request, now) ?? RobotAbilities.Refuse(await abilities.OfAsync(id, ct), Wanted(rules));
        if (refusal is not null)
        {
            return refusal.ToProblem();
        }

        if (isNew)
        {
            db.GroupRules.Add(rules);
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await ShowRules.DescribeAsync(id, rules, db, abilities, ct));
    }

    private static Refusal? Become(GroupRules rules, Request request, DateTimeOffset now) => rules.Become(
        request.Welcome?.ToRule() ?? WelcomeMessage.None,
        request.ImageReminder?.ToRule() ?? ImageReminder.None,
        request.KeywordKick?.ToRule() ?? KeywordKick.None,
        request.StaffIds is { } ids ? [.. ids.Select(staff => staff.OrNone()).OfType<string>().Distinct(StringComparer.Ordinal)] : null,
        now);

    private static IEnumerable<(string Capability, string Field)> Wanted(GroupRules rules)
    {
        for (var at = 0; rules.Welcome.Enabled && at < rules.Welcome.Messages.Count; at++)
        {
            yield return (PostWriter.CapabilityOf(rules.Welcome.Messages[at]), $"welcome.messages[{at}]");
        }

        if (rules.ImageReminder.Enabled)
        {
            yield return (CommandTypes.Send, "imageReminder.enabled");
        }

        if (rules.KeywordKick.Enabled)
        {
            yield return (CommandTypes.Kick, "keywordKick.enabled");
        }
    }

    private static void CheckStaff(IReadOnlyList<string?>? ids, FieldErrors errors)
    {
        if (ids?.Count > GroupRules.MaxStaff)
        {
            errors.Add("staffIds", $"工作人员最多 {GroupRules.MaxStaff} 人");
        }

        for (var at = 0; at < ids?.Count; at++)
        {
            errors.OptionalLine($"staffIds[{at}]", ids[at], BlacklistEntry.MemberIdMaxLength);
        }
    }
}

/// <summary>入群欢迎语 as it is sent; without an interval the usual one.</summary>
internal sealed record WelcomeRuleInput(bool? Enabled, int? IntervalSeconds, IReadOnlyList<PostInput?>? Messages)
{
    public void Check(FieldErrors errors)
    {
        errors.Range("welcome.intervalSeconds", IntervalSeconds, 0, ReplyRules.IntervalMax);
        if (Messages?.Count > WelcomeMessage.MaxMessages)
        {
            errors.Add("welcome.messages", $"欢迎语最多 {WelcomeMessage.MaxMessages} 条消息");
        }

        for (var at = 0; at < Messages?.Count; at++)
        {
            (Messages[at] ?? new PostInput(null, null, null, null, null, null)).Check($"welcome.messages[{at}]", greets: true, errors);
        }
    }

    public WelcomeMessage ToRule() => new(Enabled == true, IntervalSeconds ?? ReplyRules.IntervalDefault, [.. (Messages ?? []).OfType<PostInput>().Select(post => post.ToPost())]);
}

/// <summary>图片提醒 as it is sent.</summary>
internal sealed record ImageReminderInput(bool? Enabled, int? IntervalSeconds, string? Text)
{
    public void Check(FieldErrors errors)
    {
        errors.Range("imageReminder.intervalSeconds", IntervalSeconds, 0, ReplyRules.IntervalMax);
        if (Text.OrNone() is not null)
        {
            PostInput.CheckText("imageReminder.text", Text, GroupPost.TextMaxLength, greets: false, errors);
        }
    }

    public ImageReminder ToRule() => new(Enabled == true, IntervalSeconds ?? ReplyRules.IntervalDefault, Text.OrNone() ?? "");
}

/// <summary>关键字踢人 as it is sent; keywords that are compared alike count once.</summary>
internal sealed record KeywordKickInput(bool? Enabled, IReadOnlyList<string?>? Keywords)
{
    public void Check(FieldErrors errors) => Check("keywordKick.keywords", Keywords, errors);

    public static void Check(string field, IReadOnlyList<string?>? keywords, FieldErrors errors)
    {
        if (keywords?.Count > KeywordKick.MaxKeywords)
        {
            errors.Add(field, $"最多 {KeywordKick.MaxKeywords} 个关键字");
        }

        for (var at = 0; at < keywords?.Count; at++)
        {
            errors.Line($"{field}[{at}]", keywords[at], KeywordKick.KeywordMaxLength);
            if (keywords[at] is { } keyword && KeywordKick.Fold(keyword).Length == 0)
            {
                errors.Add($"{field}[{at}]", "不能为空");
            }
        }
    }

    public static IReadOnlyList<string> Clean(IReadOnlyList<string?>? keywords) =>
        [.. (keywords ?? []).Select(keyword => keyword.OrNone()).OfType<string>().DistinctBy(KeywordKick.Fold, StringComparer.Ordinal)];

    public KeywordKick ToRule() => new(Enabled == true, Clean(Keywords));
}
