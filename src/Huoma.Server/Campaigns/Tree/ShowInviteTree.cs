using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Tree;

/// <summary>Somebody in the tree of invitations, with his own friends counted.</summary>
/// <param name="ParticipantId">Null: he has no poster, so nobody is below him.</param>
/// <param name="InviteeId">Null: nobody invited him.</param>
/// <param name="Friends">How many are below him: they count, or may yet.</param>
/// <param name="Removed">His personal data were removed.</param>
[SchemaExample("""
    { "participantId": "8Kd2Mq4Zt7P", "inviteeId": "2Lm7Qx9Vb5C", "nickname": "小王", "token": "BTS0059561Uqo", "state": "valid", "toBeConfirmed": false,
      "scannedAt": "2026-11-22T04:00:00.000Z", "joinedAt": "2026-11-22T04:03:00.000Z", "tookPartAt": "2026-11-22T05:00:00.000Z", "friends": 4, "valid": 3, "left": 0, "pending": 1,
      "notCounted": 2, "removed": false }
    """)]
internal sealed record InviteTreeNode(
    ParticipantId? ParticipantId, InviteeId? InviteeId, string? Nickname, string? Token, InviteeState? State, bool ToBeConfirmed, DateTimeOffset? ScannedAt,
    DateTimeOffset? JoinedAt, DateTimeOffset? TookPartAt, long Friends, long Valid, long Left, long Pending, long NotCounted, bool Removed)
{
    public static InviteTreeNode Of(InviteTreeRow row) => new(
        row.ParticipantId is { } participant ? new ParticipantId(participant) : null, row.InviteeId is { } invitee ? new InviteeId(invitee) : null, row.Nickname, row.Token,
        (InviteeState?)row.State, row.ToBeConfirmed != 0, At(row.ScannedAt), At(row.JoinedAt), At(row.TookPartAt), row.Valid + row.Left + row.Pending, row.Valid, row.Left,
        row.Pending, row.NotCounted, row.RemovedAt is not null);

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>邀请关系: one floor of the tree at a time (U7).</summary>
internal static class ShowInviteTree
{
    /// <param name="Under">The friends of this participant; missing: those whom nobody invited.</param>
    public readonly record struct Filter(ParticipantId? Under);

    public static async Task<Results<Ok<Listing<InviteTreeNode>>, ProblemHttpResult>> Handle(
        CampaignId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, InviteTreeQueries queries, CancellationToken ct)
    {
        if (!await db.Campaigns.AnyAsync(row => row.Id == id, ct) || (filter.Under is { } under && !await db.Participants.AnyAsync(row => row.Id == under && row.CampaignId == id, ct)))
        {
            return Problems.NotFound();
        }

        var (rows, total) = filter.Under is { } inviter
            ? await queries.FriendsAsync(id, inviter, paging.Skip, paging.Size, ct)
            : await queries.RootsAsync(id, paging.Skip, paging.Size, ct);
        return TypedResults.Ok(new Listing<InviteTreeNode>([.. rows.Select(InviteTreeNode.Of)], total, paging.Number, paging.Size));
    }
}

/// <summary>Where somebody stands in the tree: from the one with whom it began down to him.</summary>
internal static class ShowInvitePath
{
    [SchemaExample("""{ "path": [{ "id": "8Kd2Mq4Zt7P", "token": "BTS0059561Uqo", "nickname": null }, { "id": "3Fh6Yw2Ne9R", "token": "KQX0000007aZm", "nickname": "小王" }] }""")]
    internal sealed record Response(IReadOnlyList<Step> Path);

    internal sealed record Step(ParticipantId Id, string Token, string? Nickname);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(ParticipantId id, HuomaDb db, InviteTreeQueries queries, CancellationToken ct)
    {
        if (await db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } participant)
        {
            return Problems.NotFound();
        }

        var path = InviteTree.PathTo(id, await queries.InvitersAsync(participant.CampaignId, ct));
        var people = await db.Participants.AsNoTracking().Where(row => path.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        return TypedResults.Ok(new Response([.. path.Where(people.ContainsKey).Select(step => new Step(step, people[step].Token, people[step].Nickname))]));
    }
}
