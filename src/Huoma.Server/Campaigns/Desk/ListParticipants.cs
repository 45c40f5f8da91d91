using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>裂变用户 (F199).</summary>
/// <param name="Token">邀请口令.</param>
/// <param name="Pending">Friends nobody knows enough of yet.</param>
/// <param name="Removed">His personal data were removed; the numbers stay.</param>
[SchemaExample("""
    { "id": "8Kd2Mq4Zt7P", "token": "BTS0059561Uqo", "nickname": null, "avatarUrl": null, "invited": 3, "goal": 3, "valid": 3, "left": 0, "pending": 1, "notCounted": 2,
      "completed": true, "completedAt": "2026-11-22T10:00:00.000Z", "claimed": false, "claimedAt": null, "joinedAt": "2026-11-22T04:00:00.000Z", "removed": false }
    """)]
internal sealed record ParticipantResponse(
    ParticipantId Id, string Token, string? Nickname, string? AvatarUrl, int Invited, int Goal, long Valid, long Left, long Pending, long NotCounted, bool Completed,
    DateTimeOffset? CompletedAt, bool Claimed, DateTimeOffset? ClaimedAt, DateTimeOffset JoinedAt, bool Removed)
{
    public static ParticipantResponse Of(ParticipantRow row, FissionCampaign campaign)
    {
        var progress = row.ProgressIn(campaign);
        return new ParticipantResponse(
            new ParticipantId(row.Id), row.Token, row.Nickname, row.Avatar, progress.Invited, campaign.Goal, row.Valid, row.Left, row.Pending, row.NotCounted,
            progress.IsCompleted, At(row.CompletedAt), progress.IsClaimed, At(row.ClaimedAt), DateTimeOffset.FromUnixTimeMilliseconds(row.JoinedAt),
            row.RemovedAt is not null);
    }

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>裂变用户 of a campaign with filters; sorted by friends it is the ranking (F199).</summary>
internal static class ListParticipants
{
    private const int QueryMaxLength = 50;

    /// <param name="Q">A part of the 口令 or nickname.</param>
    public readonly record struct Filter(bool? Completed, bool? Claimed, string? Q, Choice<ParticipantSort>? Sort)
    {
        internal ParticipantFilter Read() => new(Completed, Claimed, Q.OrNone(), Sort?.Value ?? ParticipantSort.Joined);
    }

    public static async Task<Results<Ok<Listing<ParticipantResponse>>, ProblemHttpResult>> Handle(
        CampaignId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, ParticipantQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().OptionalLine("q", filter.Q, QueryMaxLength).Known("sort", filter.Sort).Any(out var problem))
        {
            return problem;
        }

        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        var (rows, total) = await queries.ListAsync(campaign, filter.Read(), paging.Skip, paging.Size, ct);
        return TypedResults.Ok(new Listing<ParticipantResponse>([.. rows.Select(row => ParticipantResponse.Of(row, campaign))], total, paging.Number, paging.Size));
    }
}
