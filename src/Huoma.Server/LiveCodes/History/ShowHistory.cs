using Huoma.Server.Audit;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.History;

/// <summary>修改记录 of one code and its slots, the newest first; of a deleted code too.</summary>
internal static class ShowHistory
{
    public static async Task<Results<Ok<Listing<AuditEntryResponse>>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Paging paging, HuomaDb db, AuditQueries queries, CancellationToken ct) =>
        await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).AnyAsync(row => row.Id == id, ct)
            ? TypedResults.Ok(await queries.ListAsync(queries.Entries.Where(entry => entry.LiveCodeId == id), paging, ct))
            : Problems.NotFound();
}
