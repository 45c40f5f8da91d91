using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>One code with its counts.</summary>
internal static class ShowLiveCode
{
    public static async Task<Results<Ok<LiveCodeResponse>, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, LiveCodeQueries queries, CancellationToken ct) =>
        await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } liveCode
            ? TypedResults.Ok(await queries.DescribeAsync(liveCode, ct))
            : Problems.NotFound();
}
