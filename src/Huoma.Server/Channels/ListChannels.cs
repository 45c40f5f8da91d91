using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>渠道码列表, the newest first; those made together in the order they were given (F165).</summary>
internal static class ListChannels
{
    private const int QueryMaxLength = 50;

    /// <param name="Q">Part of the name, the remark or the code's name.</param>
    /// <param name="Archived">Only those that were archived; else only those that were not.</param>
    public readonly record struct Filter(LiveCodeId? CodeId, bool? Archived, string? Q);

    public static async Task<Results<Ok<Listing<ChannelResponse>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, ChannelQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().OptionalLine("q", filter.Q, QueryMaxLength).Any(out var problem))
        {
            return problem;
        }

        if (filter.CodeId is { } codeId && !await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).AnyAsync(row => row.Id == codeId, ct))
        {
            return Problems.NotFound();
        }

        var matching = Matching(queries.All, filter);
        var total = await matching.CountAsync(ct);
        var channels = await matching.OrderByDescending(row => row.Channel.CreatedAt).ThenByDescending(row => row.Channel.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<ChannelResponse>(await queries.DescribeAsync(channels, ct), total, paging.Number, paging.Size));
    }

    private static IQueryable<ChannelOfCode> Matching(IQueryable<ChannelOfCode> rows, Filter filter)
    {
        rows = filter.Archived == true ? rows.Where(row => row.Channel.ArchivedAt != null) : rows.Where(row => row.Channel.ArchivedAt == null);
        rows = filter.CodeId is { } codeId ? rows.Where(row => row.Channel.LiveCodeId == codeId) : rows;
        if (string.IsNullOrWhiteSpace(filter.Q))
        {
            return rows;
        }

        var part = filter.Q.Trim().ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // becomes lower() in the database, which has no cultures
        return rows.Where(row =>
            row.Channel.Name.ToLower().Contains(part) || row.Channel.Remark.ToLower().Contains(part) || row.LiveCode.Name.ToLower().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}
