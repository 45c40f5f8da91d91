using Huoma.Domain.Jobs;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Jobs;

/// <summary>A background job: what it did last, and when it runs next.</summary>
/// <param name="IsRunning">In some process, at this moment.</param>
/// <param name="IsAsked">Somebody wants it to run now; it begins within a second or two.</param>
/// <param name="LastRun">The one under way, or the last; null when it has not run yet.</param>
/// <param name="NextAt">Null while it runs.</param>
/// <param name="Runs">The last ones worth remembering, the newest first: what had nothing to do is left out of jobs that come often.</param>
[SchemaExample("""
    { "name": "visit-retention", "everySeconds": 3600, "isRunning": false, "isAsked": false, "nextAt": "2026-11-22T05:00:00.000Z",
      "lastRun": { "startedAt": "2026-11-22T04:00:00.000Z", "endedAt": "2026-11-22T04:00:01.200Z", "outcome": "done", "result": { "visits": 1200, "presses": 90 }, "error": null },
      "runs": [] }
    """)]
internal sealed record JobResponse(
    string Name, int EverySeconds, bool IsRunning, bool IsAsked, DateTimeOffset? NextAt, JobRunResponse? LastRun, IReadOnlyList<JobRunResponse> Runs);

/// <param name="EndedAt">Null while it is under way.</param>
/// <param name="Outcome">Null while it is under way.</param>
/// <param name="Result">How many of what; null when it did not get through.</param>
/// <param name="Error">The kind of error; its text stands in the log.</param>
internal sealed record JobRunResponse(
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JobOutcome? Outcome, IReadOnlyDictionary<string, long>? Result, string? Error);

/// <summary>Every background job that runs in one process at a time.</summary>
internal static class ListJobs
{
    public sealed record Response(IReadOnlyList<JobResponse> Items);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(JobQueries queries, HuomaDb db, CurrentTenant tenant, CancellationToken ct) =>
        await PlatformTenant.IsAsync(db, tenant.Id, ct)
            ? TypedResults.Ok(new Response(await queries.ListAsync(ct)))
            : Problems.Create(StatusCodes.Status403Forbidden, "forbidden", "只有平台管理员可以查看后台任务");
}
