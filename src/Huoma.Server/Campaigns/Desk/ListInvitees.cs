using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>Who was invited by one participant (F200), or in a whole campaign; who came last first.</summary>
internal static class ListInvitees
{
    public static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> HandleOfParticipant(
        ParticipantId id, [AsParameters] InviteeFilter filter, [AsParameters] Paging paging, HuomaDb db, InviteeQueries queries, CancellationToken ct) =>
        await db.Participants.AnyAsync(row => row.Id == id, ct)
            ? await ListAsync(db.Invitees.AsNoTracking().Where(row => row.InviterId == id), filter, paging, queries, ct)
            : Problems.NotFound();

    public static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> HandleOfCampaign(
        CampaignId id, [AsParameters] InviteeFilter filter, [AsParameters] Paging paging, HuomaDb db, InviteeQueries queries, CancellationToken ct) =>
        await db.Campaigns.AnyAsync(row => row.Id == id, ct)
            ? await ListAsync(db.Invitees.AsNoTracking().Where(row => row.CampaignId == id), filter, paging, queries, ct)
            : Problems.NotFound();

    private static async Task<Results<Ok<Listing<InviteeResponse>>, ProblemHttpResult>> ListAsync(
        IQueryable<Invitee> all, InviteeFilter filter, Paging paging, InviteeQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().Known("state", filter.State).Known("evidence", filter.Evidence).Any(out var problem))
        {
            return problem;
        }

        var rows = filter.Among(all);
        var total = await rows.CountAsync(ct);
        var page = await rows.OrderByDescending(row => row.ScannedAt).ThenByDescending(row => row.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<InviteeResponse>(await queries.DescribeAsync(page, ct), total, paging.Number, paging.Size));
    }
}
