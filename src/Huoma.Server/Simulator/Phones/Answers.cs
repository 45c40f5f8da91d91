using Huoma.Domain;
using Huoma.Domain.Simulator;
using Huoma.Server.Platform.Http;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>How the world's words become answers.</summary>
internal static class Answers
{
    public static async Task<Results<NoContent, ProblemHttpResult>> DoAsync(this Simulation simulation, Func<SimWeChat, Refusal?> act, CancellationToken ct) =>
        await simulation.ChangeAsync((world, now) => act(new SimWeChat(world, now)), ct) is { } refusal ? Refuse(refusal) : TypedResults.NoContent();

    public static ProblemHttpResult Refuse(Refusal refusal) => refusal.Code is "sim.nobody" or "sim.no-group" or "sim.no-robot"
        ? Problems.Create(StatusCodes.Status404NotFound, refusal.Code, refusal.Message)
        : refusal.ToProblem();
}
