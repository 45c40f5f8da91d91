using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>裂变任务 with a search box, the newest first (F180).</summary>
internal static class ListCampaigns
{
    private const int QueryMaxLength = 50;

    /// <param name="Q">Part of the name or the code's name.</param>
    public readonly record struct Filter(string? Q, LiveCodeId? CodeId);

    public static async Task<Results<Ok<Listing<CampaignResponse>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, CampaignQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().OptionalLine("q", filter.Q, QueryMaxLength).Any(out var problem))
        {
            return problem;
        }

        var matching = Matching(queries.All, filter);
        var total = await matching.CountAsync(ct);
        var rows = await matching.OrderByDescending(row => row.Campaign.CreatedAt).ThenByDescending(row => row.Campaign.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<CampaignResponse>(await queries.DescribeAsync(rows, ct), total, paging.Number, paging.Size));
    }

    private static IQueryable<CampaignOfCode> Matching(IQueryable<CampaignOfCode> rows, Filter filter)
    {
        rows = filter.CodeId is { } codeId ? rows.Where(row => row.Campaign.LiveCodeId == codeId) : rows;
        if (filter.Q.OrNone() is not { } q)
        {
            return rows;
        }

        var part = q.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // becomes lower() in the database, which has no cultures
        return rows.Where(row => row.Campaign.Name.ToLower().Contains(part) || row.LiveCode.Name.ToLower().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}

/// <summary>One campaign with its counts.</summary>
internal static class ShowCampaign
{
    public static async Task<Results<Ok<CampaignResponse>, ProblemHttpResult>> Handle(CampaignId id, CampaignQueries queries, CancellationToken ct) =>
        await queries.All.SingleOrDefaultAsync(row => row.Campaign.Id == id, ct) is { } row
            ? TypedResults.Ok((await queries.DescribeAsync([row], ct))[0])
            : Problems.NotFound();
}
