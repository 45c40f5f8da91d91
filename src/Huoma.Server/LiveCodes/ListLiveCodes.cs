using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>活码列表, the newest first unless asked otherwise; or the recycle bin, what was deleted last first.</summary>
internal static class ListLiveCodes
{
    private const int QueryMaxLength = 50;

    /// <param name="Q">Part of the name, the remark or the number, in capital or small letters.</param>
    /// <param name="Deleted">Those in the recycle bin instead of those in use.</param>
    /// <param name="Order">The usual one of the sort when missing: names ascending, everything else descending.</param>
    public readonly record struct Filter(
        Choice<LiveCodeKind>? Kind, Choice<Building>? Building, Choice<LiveCodeStatus>? Status, string? Q, bool? Deleted, Choice<LiveCodeSort>? Sort,
        Choice<SortOrder>? Order);

    public static async Task<Results<Ok<Listing<LiveCodeResponse>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, LiveCodePages pages, LiveCodeQueries queries, TimeProvider time,
        CancellationToken ct)
    {
        if (Check(filter).Any(out var problem))
        {
            return problem;
        }

        var matching = Matching(filter.Deleted == true ? InRecycleBin(db, time.GetUtcNow()) : db.LiveCodes.AsNoTracking(), filter);
        var total = await matching.CountAsync(ct);
        var sort = filter.Sort?.Value ?? (filter.Deleted == true ? LiveCodeSort.Deleted : LiveCodeSort.Created);
        var ascending = (filter.Order?.Value ?? (sort == LiveCodeSort.Name ? SortOrder.Asc : SortOrder.Desc)) == SortOrder.Asc;
        var liveCodes = await pages.TakeAsync(matching, sort, ascending, paging, ct);
        return TypedResults.Ok(new Listing<LiveCodeResponse>(await queries.DescribeAsync(liveCodes, ct), total, paging.Number, paging.Size));
    }

    private static FieldErrors Check(Filter filter) => new FieldErrors()
        .Known("kind", filter.Kind)
        .Known("building", filter.Building)
        .Known("status", filter.Status)
        .Known("sort", filter.Sort)
        .Known("order", filter.Order)
        .OptionalLine("q", filter.Q, QueryMaxLength);

    private static IQueryable<LiveCode> InRecycleBin(HuomaDb db, DateTimeOffset now)
    {
        var oldest = RecycleBin.Oldest(now);
        return db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).AsNoTracking()
            .Where(row => row.DeletedAt != null && row.DeletedAt > oldest && row.PurgedAt == null);
    }

    private static IQueryable<LiveCode> Matching(IQueryable<LiveCode> rows, Filter filter)
    {
        rows = filter.Kind?.Value is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = filter.Building?.Value is { } building ? rows.Where(row => row.Building == building) : rows;
        rows = filter.Status?.Value is { } status ? rows.Where(row => row.Status == status) : rows;
        if (filter.Q.OrNone() is not { } q)
        {
            return rows;
        }

        // Contains takes %, _ and the like as they are, on both databases.
        var part = LiveCode.Searchable(q);
        return rows.Where(row => row.SearchText.Contains(part));
    }
}
