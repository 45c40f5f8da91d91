using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>群二维码管理: the slots in their order; all of them unless a page size is given.</summary>
internal static class ListSlots
{
    public static async Task<Results<Ok<Listing<SlotResponse>>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Paging paging, HuomaDb db, SlotQueries queries, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        var slots = await queries.DescribeAsync(liveCode, ct);
        return TypedResults.Ok(paging.PageSize is null
            ? new Listing<SlotResponse>(slots, slots.Count, Page: 1, Slot.MaxPerLiveCode)
            : new Listing<SlotResponse>([.. slots.Skip(paging.Skip).Take(paging.Size)], slots.Count, paging.Number, paging.Size));
    }
}
