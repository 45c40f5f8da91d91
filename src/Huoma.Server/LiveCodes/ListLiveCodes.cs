using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>活码列表, the newest first.</summary>
internal static class ListLiveCodes
{
    private const int QueryMaxLength = 50;

    /// <param name="Q">Part of the name, the remark or the number.</param>
    public readonly record struct Filter(Choice<LiveCodeKind>? Kind, Choice<Building>? Building, Choice<LiveCodeStatus>? Status, string? Q);

    public static async Task<Results<Ok<Listing<LiveCodeResponse>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, LiveCodeQueries queries, CancellationToken ct)
    {
        if (Check(filter).Any(out var problem))
        {
            return problem;
        }

        var matching = Matching(db.LiveCodes.AsNoTracking(), filter);
        var total = await matching.CountAsync(ct);
        var liveCodes = await matching.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<LiveCodeResponse>(await queries.DescribeAsync(liveCodes, ct), total, paging.Number, paging.Size));
    }

    private static FieldErrors Check(Filter filter) => new FieldErrors()
        .Known("kind", filter.Kind)
        .Known("building", filter.Building)
        .Known("status", filter.Status)
        .OptionalLine("q", filter.Q, QueryMaxLength);

    private static IQueryable<LiveCode> Matching(IQueryable<LiveCode> rows, Filter filter)
    {
        rows = filter.Kind?.Value is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = filter.Building?.Value is { } building ? rows.Where(row => row.Building == building) : rows;
        rows = filter.Status?.Value is { } status ? rows.Where(row => row.Status == status) : rows;
        if (string.IsNullOrWhiteSpace(filter.Q))
        {
            return rows;
        }

        var part = filter.Q.Trim().ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // becomes lower() in the database, which has no cultures
        return rows.Where(row => row.Name.ToLower().Contains(part) || row.Remark.ToLower().Contains(part) || row.Number.Contains(part));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}
