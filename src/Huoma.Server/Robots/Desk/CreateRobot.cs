using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Desk;

/// <summary>A new robot, or a new token of one.</summary>
/// <param name="GatewayToken">Shown this once; the database knows its hash only. Null of 企业微信, which no gateway serves.</param>
[SchemaExample("""{ "id": "3Kd9Zx7Lm0B", "name": "一号机", "driver": "gateway", "gatewayToken": "hmr_…" }""")]
internal sealed record RobotTokenResponse(RobotId Id, string Name, RobotDriver Driver, string? GatewayToken);

/// <summary>添加机器人.</summary>
internal static class CreateRobot
{
    /// <param name="Wecom">Of a robot of 企业微信: its corporation and the secrets of the app.</param>
    /// <param name="RiskAccepted">Who adds it has read that a personal account may be limited or banned. Without it the robot is there, and disabled.</param>
    [SchemaExample("""{ "name": "一号机", "driver": "gateway", "riskAccepted": true }""")]
    public sealed record Request([property: Required] string? Name, [property: Required] RobotDriver? Driver, bool? RiskAccepted, WecomInput? Wecom);

    public static async Task<Results<Created<RobotTokenResponse>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, CurrentTenant tenant, CurrentActor actor, SecretSeal seal, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors().Line("name", request.Name, Robot.NameMaxLength).Given("driver", request.Driver);
        var wecom = request.Driver == RobotDriver.Wecom ? request.Wecom ?? new WecomInput(null, null, null, null) : null;
        wecom?.Check(errors, isNew: true);
        if (errors.Any(out var problem) || request is not { Name: { } name, Driver: { } driver })
        {
            return problem ?? Problems.NotFound();
        }

        if (Robot.CanBeAdded(await db.Robots.CountAsync(ct)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var now = time.GetUtcNow();
        var robot = new Robot(NewId.Of<Robot>(), tenant.Id, driver, name.Trim(), now);
        if (robot.IsRisky && request.RiskAccepted == true)
        {
            robot.AcceptRisk(actor.UserId, actor.Name, now);
            robot.Turn(enabled: true);
        }

        var token = wecom is null ? ReplaceToken.Give(robot, seal) : null;
        wecom?.ApplyTo(robot, seal);
        db.Robots.Add(robot);
        db.RobotStates.Add(new RobotState(robot));
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/robots/{robot.Id}", new RobotTokenResponse(robot.Id, robot.Name, robot.Driver, token));
    }
}

/// <summary>重新生成令牌: the one before is void at once, and its connection is closed.</summary>
internal static class ReplaceToken
{
    public static async Task<Results<Ok<RobotTokenResponse>, ProblemHttpResult>> Handle(
        RobotId id, HuomaDb db, SecretSeal seal, RobotBells bells, CancellationToken ct)
    {
        if (await db.Robots.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        if (robot.Driver == RobotDriver.Wecom)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "robot.no-token", "企业微信机器人不用网关，没有令牌");
        }

        var token = Give(robot, seal);
        await db.SaveChangesAsync(ct);
        bells.Ring(id);
        return TypedResults.Ok(new RobotTokenResponse(robot.Id, robot.Name, robot.Driver, token));
    }

    /// <summary>The simulator within this program dials in like any gateway, so it has to know its token.</summary>
    public static string Give(Robot robot, SecretSeal seal)
    {
        var token = RobotTokens.Make();
        robot.TakesToken(RobotTokens.HashOf(token), robot.Driver == RobotDriver.Simulator ? seal.Close(token) : null);
        return token;
    }
}
