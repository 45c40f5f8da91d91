using Huoma.Domain;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Desk;

/// <summary>限额 as the console sends them; what is missing stays as it is.</summary>
internal sealed record LimitsInput(int? GroupsPerDay, int? CreateSpacingSeconds, int? MessageSpacingSeconds, int? MessagesPerMinute, int? KickSpacingSeconds)
{
    public void Check(FieldErrors errors, RobotDriver driver)
    {
        var ranges = RobotLimits.RangesOf(driver);
        errors.Range("limits.groupsPerDay", GroupsPerDay, ranges.GroupsPerDay.Min, ranges.GroupsPerDay.Max)
            .Range("limits.createSpacingSeconds", CreateSpacingSeconds, ranges.CreateSpacingSeconds.Min, ranges.CreateSpacingSeconds.Max)
            .Range("limits.messageSpacingSeconds", MessageSpacingSeconds, ranges.MessageSpacingSeconds.Min, ranges.MessageSpacingSeconds.Max)
            .Range("limits.messagesPerMinute", MessagesPerMinute, ranges.MessagesPerMinute.Min, ranges.MessagesPerMinute.Max)
            .Range("limits.kickSpacingSeconds", KickSpacingSeconds, ranges.KickSpacingSeconds.Min, ranges.KickSpacingSeconds.Max);
    }

    public RobotLimits ApplyTo(RobotLimits limits) => new(
        GroupsPerDay ?? limits.GroupsPerDay, CreateSpacingSeconds ?? limits.CreateSpacingSeconds, MessageSpacingSeconds ?? limits.MessageSpacingSeconds,
        MessagesPerMinute ?? limits.MessagesPerMinute, KickSpacingSeconds ?? limits.KickSpacingSeconds);
}

/// <summary>编辑机器人: what is missing or null stays as it is; its driver never changes.</summary>
internal static class EditRobot
{
    /// <param name="RiskAccepted">True: who asks has read that the account may be limited or banned.</param>
    /// <param name="SeedIds">种子好友: ids of at least two friends; an empty list takes them away.</param>
    /// <param name="Wecom">Of a robot of 企业微信; what is missing in it stays too.</param>
    [SchemaExample("""{ "enabled": true, "riskAccepted": true, "seedIds": ["wxid_a", "wxid_b"], "limits": { "groupsPerDay": 5 } }""")]
    public sealed record Request(string? Name, bool? Enabled, bool? RiskAccepted, IReadOnlyList<string>? SeedIds, LimitsInput? Limits, WecomInput? Wecom);

    public static async Task<Results<Ok<RobotResponse>, ProblemHttpResult>> Handle(
        RobotId id, Request request, HuomaDb db, CurrentActor actor, RobotQueries queries, RobotBells bells, SecretSeal seal, TimeProvider time, CancellationToken ct)
    {
        if (await db.Robots.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        if (Check(request, robot.Driver).Any(out var problem))
        {
            return problem;
        }

        if (request.RiskAccepted == true && robot.IsRisky)
        {
            robot.AcceptRisk(actor.UserId, actor.Name, time.GetUtcNow());
        }

        if (Apply(robot, request, seal) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await db.SaveChangesAsync(ct);
        bells.Ring(id);
        return await queries.DescribeAsync(id, ct) is { } response ? TypedResults.Ok(response) : Problems.NotFound();
    }

    private static FieldErrors Check(Request request, RobotDriver driver)
    {
        var errors = new FieldErrors();
        if (request.Name is { } name)
        {
            errors.Line("name", name, Robot.NameMaxLength);
        }

        if (request.SeedIds is { } ids && (ids.Count > Robot.MaxSeeds || ids.Any(seed => seed.OrNone() is null || seed.Length > Robot.PlatformIdMaxLength || seed.Any(char.IsControl))))
        {
            errors.Add("seedIds", $"请从联系人里选择 {Robot.MinSeeds} 到 {Robot.MaxSeeds} 位好友");
        }

        request.Limits?.Check(errors, driver);
        if (driver == RobotDriver.Wecom)
        {
            request.Wecom?.Check(errors, isNew: false);
        }

        return errors;
    }

    private static Refusal? Apply(Robot robot, Request request, SecretSeal seal)
    {
        if (robot.Driver == RobotDriver.Wecom && request.Wecom is { } wecom && !wecom.ApplyTo(robot, seal))
        {
            return new Refusal("robot.no-secrets", "读不出以前保存的密钥，请把 Secret、Token 和 EncodingAESKey 都重新填写", "wecom.secret");
        }

        robot.Rename(request.Name?.Trim() ?? robot.Name);
        if (request.Limits is { } limits)
        {
            robot.KeepsTo(limits.ApplyTo(robot.Limits));
        }

        return robot.Turn(request.Enabled ?? robot.Enabled) ?? (request.SeedIds is { } seeds ? robot.BeginsWith(seeds) : null);
    }
}

/// <summary>删除机器人: its token is void at once and its connection is closed. What it was told and reported stays until it is old.</summary>
internal static class DeleteRobot
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(RobotId id, HuomaDb db, RobotBells bells, TimeProvider time, CancellationToken ct)
    {
        if (await db.Robots.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        robot.Delete(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        bells.Ring(id);
        return TypedResults.NoContent();
    }
}
