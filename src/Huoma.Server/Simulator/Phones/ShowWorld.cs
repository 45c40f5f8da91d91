using System.Text.Json;
using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Huoma.Server.Simulator.Phones;

/// <summary>The whole truth of the world, for the page and for tests; without what only gateways and browsers keep.</summary>
internal static class ShowWorld
{
    /// <param name="since">The version the asker has: nothing is sent when it is this one still.</param>
    public static async Task<Results<ContentHttpResult, NoContent>> Handle(
        long? since, Simulation simulation, IOptions<JsonOptions> json, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";

        // Written while nobody changes it.
        var text = await simulation.ReadAsync(
            (world, version) => version == since ? null : JsonSerializer.Serialize(Show(world, version, time.GetUtcNow()), json.Value.SerializerOptions), ct);
        return text is null ? TypedResults.NoContent() : TypedResults.Content(text, "application/json");
    }

    private static object Show(SimWorld world, long version, DateTimeOffset now) => new
    {
        version,
        now,
        people = world.People.Values.Select(person => new
        {
            person.Id,
            person.Name,
            person.Colour,
            person.IsRobot,
            person.FriendIds,
            invitations = person.Invitations.Select(one => new { one.Id, one.GroupId, groupName = world.GroupOf(one.GroupId)?.Name, inviter = world.NameOf(one.InviterId), one.At }),
        }),
        groups = world.Groups.Values,
        robots = world.Robots.Values.Select(robot => new
        {
            id = robot.RobotId,
            robot.AccountId,
            name = world.NameOf(robot.AccountId),
            robot.Login,
            robot.LoginQr,
            robot.Faults,
            robot.LastSeq,
            waiting = robot.Outbox.Count,
        }),
    };
}
