using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>What people do in groups. Each names who does it: nobody is signed in here.</summary>
internal static class GroupActions
{
    internal sealed record NewGroup(string OwnerId, string? Name, IReadOnlyList<string> MemberIds);

    internal sealed record MadeGroup(string Id);

    internal sealed record Joining(string PersonId, string Qr);

    internal sealed record ByPerson(string PersonId);

    internal sealed record OnMember(string PersonId, string MemberId);

    internal sealed record Texting(string PersonId, string Text);

    internal sealed record IssuedQr(string Text, DateTimeOffset ExpiresAt);

    public static async Task<Results<Ok<MadeGroup>, ProblemHttpResult>> Create(NewGroup request, Simulation simulation, CancellationToken ct)
    {
        var (id, refusal) = await simulation.ChangeAsync(
            (world, now) => new SimWeChat(world, now).Create(request.OwnerId, request.MemberIds, request.Name ?? "") is var made ? (made.Group?.Id, made.Refusal) : default, ct);
        return id is null ? Answers.Refuse(refusal ?? SimRefusals.NoGroup) : TypedResults.Ok(new MadeGroup(id));
    }

    public static async Task<Results<Ok<MadeGroup>, ProblemHttpResult>> Join(Joining request, Simulation simulation, CancellationToken ct)
    {
        var (id, refusal) = await simulation.ChangeAsync(
            (world, now) => new SimWeChat(world, now).JoinByQr(request.PersonId, request.Qr) is var joined ? (joined.Group?.Id, joined.Refusal) : default, ct);
        return id is null ? Answers.Refuse(refusal ?? SimRefusals.NoGroup) : TypedResults.Ok(new MadeGroup(id));
    }

    public static Task<Results<NoContent, ProblemHttpResult>> Leave(string id, ByPerson request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Leave(id, request.PersonId), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Dismiss(string id, ByPerson request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Dismiss(id, request.PersonId), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Kick(string id, OnMember request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Kick(id, request.PersonId, request.MemberId), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Invite(string id, OnMember request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Add(id, request.PersonId, request.MemberId), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Appoint(string id, OnMember request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Appoint(id, request.PersonId, request.MemberId), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Rename(string id, Texting request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Rename(id, request.PersonId, request.Text), ct);

    public static Task<Results<NoContent, ProblemHttpResult>> Announce(string id, Texting request, Simulation simulation, CancellationToken ct) =>
        simulation.DoAsync(wechat => wechat.Announce(id, request.PersonId, request.Text), ct);

    public static async Task<Results<Ok<IssuedQr>, ProblemHttpResult>> Qr(string id, ByPerson request, Simulation simulation, CancellationToken ct)
    {
        var (qr, refusal) = await simulation.ChangeAsync((world, now) => new SimWeChat(world, now).IssueQr(id, request.PersonId), ct);
        return qr is null ? Answers.Refuse(refusal ?? SimRefusals.NoGroup) : TypedResults.Ok(new IssuedQr(qr.Text, qr.ExpiresAt));
    }
}
