using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>Who was invited by one participant (F200), or in a whole campaign; who came last first.</summary>
internal static class ListInvitees
{
    /// <param name="ToBeConfirmed">Only those somebody has to decide about.</param>
    public readonly record struct Filter(Choice<InviteeState>? State, bool? ToBeConfirmed);

    public static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> HandleOfParticipant(
        ParticipantId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, InviteeQueries queries, CancellationToken ct) =>
        await db.Participants.AnyAsync(row => row.Id == id, ct)
            ? await ListAsync(db.Invitees.AsNoTracking().Where(row => row.InviterId == id), filter, paging, queries, ct)
            : Problems.NotFound();

    public static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> HandleOfCampaign(
        CampaignId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, InviteeQueries queries, CancellationToken ct) =>
        await db.Campaigns.AnyAsync(row => row.Id == id, ct)
            ? await ListAsync(db.Invitees.AsNoTracking().Where(row => row.CampaignId == id), filter, paging, queries, ct)
            : Problems.NotFound();

    private static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> ListAsync(
        IQueryable<Invitee> rows, Filter filter, Paging paging, InviteeQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().Known("state", filter.State).Any(out var problem))
        {
            return problem;
        }

        rows = filter.State?.Value is { } state ? rows.Where(row => row.State == state) : rows;
        rows = filter.ToBeConfirmed == true ? rows.Where(row => row.State == InviteeState.Pending && row.MemberId != null) : rows;
        var total = await rows.CountAsync(ct);
        var page = await rows.OrderByDescending(row => row.ScannedAt).ThenByDescending(row => row.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<InviteeResponse>(await queries.DescribeAsync(page, ct), total, paging.Number, paging.Size));
    }
}
