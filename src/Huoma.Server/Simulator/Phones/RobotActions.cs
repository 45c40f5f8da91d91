using Huoma.Domain;
using Huoma.Domain.Simulator;
using Huoma.Server.Platform.Http;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>What happens on the phone of a robot's account; and what is to go wrong.</summary>
internal static class RobotActions
{
    /// <param name="Fault">A name of <see cref="SimFault"/>, as <c>empty-inviter</c>.</param>
    internal sealed record NewFault(string Fault, string? RobotId, string? GroupId);

    private static readonly Refusal NoRobot = new("sim.no-robot", "没有这个机器人，或它还没有上线过");

    /// <summary>扫码登录.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> LogIn(string id, Simulation simulation, CancellationToken ct) =>
        await simulation.ChangeAsync((world, now) => world.Robots.TryGetValue(id, out var robot) ? robot.Scan(world, now) : NoRobot, ct) is { } refusal
            ? Answers.Refuse(refusal)
            : TypedResults.NoContent();

    /// <summary>退出登录, on the phone.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> LogOut(string id, Simulation simulation, CancellationToken ct)
    {
        var isThere = await simulation.ChangeAsync(
            (world, now) =>
            {
                if (!world.Robots.TryGetValue(id, out var robot))
                {
                    return false;
                }

                robot.Logout(world, "在手机上退出", now);
                return true;
            }, ct);
        return isThere ? TypedResults.NoContent() : Answers.Refuse(NoRobot);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> Fault(NewFault request, Simulation simulation, CancellationToken ct)
    {
        if (!Choice<SimFault>.Words.TryGetValue(request.Fault, out var fault))
        {
            return Problems.Invalid("fault", $"没有这个故障，可选：{string.Join('、', Choice<SimFault>.Words.Keys)}");
        }

        var refusal = await simulation.ChangeAsync(
            (world, now) => request.GroupId is { } groupId ? SimFaults.OnGroup(world, groupId, fault, now) : SimFaults.OnRobot(world, request.RobotId ?? "", fault), ct);
        return refusal is null ? TypedResults.NoContent() : Answers.Refuse(refusal);
    }
}
