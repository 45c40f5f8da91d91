using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Blacklists;

/// <summary>黑名单管理 of one code, who came last first (F110).</summary>
internal static class ListBlacklist
{
    /// <param name="Enabled">开启黑名单: while it is off, nobody is removed.</param>
    public sealed record Response(bool Enabled, IReadOnlyList<BlacklistEntryResponse> Items, int Total, int Page, int PageSize);

    /// <param name="q">A part of a name or id.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, string? q, [AsParameters] Paging paging, HuomaDb db, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        if (Domain.Groups.BlacklistEntry.CanBeKept(liveCode) is { } refusal)
        {
            return refusal.ToProblem();
        }

        // At most 10 000, and databases differ in what small letters are.
        var entries = await db.BlacklistEntries.AsNoTracking().Where(entry => entry.LiveCodeId == id).ToListAsync(ct);
        var text = LiveCode.Searchable(q.OrNone() ?? "");
        var matching = entries.Where(entry => LiveCode.Searchable($"{entry.Name}\n{entry.MemberId}").Contains(text, StringComparison.Ordinal))
            .OrderByDescending(entry => entry.AddedAt).ThenBy(entry => entry.MemberId, StringComparer.Ordinal).ToList();
        return TypedResults.Ok(new Response(
            liveCode.Auto.Blacklist, [.. matching.Skip(paging.Skip).Take(paging.Size).Select(BlacklistEntryResponse.Of)], matching.Count, paging.Number, paging.Size));
    }
}
