using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>People come, and make friends.</summary>
internal static class PeopleActions
{
    /// <param name="Colour">Of the avatar, as <c>#4c8dae</c>.</param>
    internal sealed record NewPerson(string Name, string? Colour);

    internal sealed record AddedPerson(string Id, string Name, string Colour);

    /// <param name="Hello">What is said with it.</param>
    internal sealed record NewFriend(string FriendId, string? Hello);

    internal sealed record Limits(int GroupsPerDay);

    public static async Task<Results<Ok<AddedPerson>, ProblemHttpResult>> Add(NewPerson request, Simulation simulation, CancellationToken ct)
    {
        var (person, refusal) = await simulation.ChangeAsync((world, _) => world.AddPerson(request.Name, request.Colour), ct);
        return person is null ? Answers.Refuse(refusal ?? SimRefusals.NobodyThere) : TypedResults.Ok(new AddedPerson(person.Id, person.Name, person.Colour));
    }

    public static Task<Results<NoContent, ProblemHttpResult>> Befriend(string id, NewFriend request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Befriend(id, request.FriendId, request.Hello), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Accept(string id, string invitationId, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Accept(id, invitationId), ct);

    /// <summary>How many groups an account may make in 24 hours.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> Limit(string id, Limits request, Simulation simulation, CancellationToken ct)
    {
        var isThere = await simulation.ChangeAsync(
            (world, _) =>
            {
                if (!world.People.TryGetValue(id, out var person))
                {
                    return false;
                }

                person.GroupsPerDay = Math.Max(0, request.GroupsPerDay);
                return true;
            }, ct);
        return isThere ? TypedResults.NoContent() : Answers.Refuse(SimRefusals.NobodyThere);
    }
}
