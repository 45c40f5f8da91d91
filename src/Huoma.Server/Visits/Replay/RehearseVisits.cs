using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Visits.Replay;

/// <summary>沙盘推演 (U6): when which slot would fill if so many came, decided as real visits are; nothing is stored.</summary>
internal static class RehearseVisits
{
    /// <summary>One a minute at the slowest, so that a plan ends within a year or so.</summary>
    private const int MinPerHour = 1;
    private const int MaxPerHour = 10_000_000;

    private static readonly TimeSpan MaxAway = TimeSpan.FromDays(731);

    /// <param name="PerHour">How many come in an hour, evenly.</param>
    /// <param name="PressPercent">How many of a hundred press; missing: all.</param>
    /// <param name="OpenPages">How many pages are open at a time before they are pressed; missing: none.</param>
    /// <param name="StartsAt">Missing: now.</param>
    [SchemaExample("""{ "visitors": 1000, "perHour": 600, "pressPercent": 70, "openPages": 20 }""")]
    public sealed record Request(
        [property: Required] int? Visitors, [property: Required] int? PerHour, int? PressPercent, int? OpenPages, DateTimeOffset? StartsAt);

    /// <param name="IsCutShort">The set-up changes so often that only the beginning is told.</param>
    [SchemaExample("""
        { "runs": [ { "first": 1, "last": 100, "from": "2026-11-22T04:00:00.000Z", "to": "2026-11-22T04:09:54.000Z", "handedOverTo": null, "slotId": "5Vd1Rt8Ys3K",
            "slotName": "一群", "round": 1, "reason": "first-usable" } ], "isCutShort": false }
        """)]
    internal sealed record Response(IReadOnlyList<RunResponse> Runs, bool IsCutShort);

    /// <param name="First">Number of the first of these visitors, from 1.</param>
    internal sealed record RunResponse(
        int First, int Last, DateTimeOffset From, DateTimeOffset To, CodeName? HandedOverTo, SlotId? SlotId, string? SlotName, int Round, VisitReason Reason);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, RehearsalQueries queries, TimeProvider time, Calendar calendar, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Check(request, now).Any(out var problem))
        {
            return problem;
        }

        if (await queries.LoadAsync(id, ct) is not { } loaded)
        {
            return Problems.NotFound();
        }

        var (code, target) = loaded;
        var visitors = request.Visitors.GetValueOrDefault();
        var plan = new RehearsalPlan(
            visitors, request.StartsAt ?? now, TimeSpan.FromHours(1) / request.PerHour.GetValueOrDefault(), request.PressPercent ?? 100, request.OpenPages ?? 0);
        var runs = new Rehearsal(code.Visits, target?.Visits, calendar).Run(plan);
        return TypedResults.Ok(new Response([.. runs.Select(run => Describe(run, run.LiveCodeId == id ? code : target ?? code, id))], runs[^1].Last < visitors));
    }

    private static FieldErrors Check(Request request, DateTimeOffset now) => (request.StartsAt - now).GetValueOrDefault().Duration() > MaxAway
        ? new FieldErrors().Add("startsAt", "开始时间请在两年之内")
        : new FieldErrors()
            .Given("visitors", request.Visitors)
            .Given("perHour", request.PerHour)
            .Range("visitors", request.Visitors, 1, RehearsalPlan.MaxVisitors)
            .Range("perHour", request.PerHour, MinPerHour, MaxPerHour)
            .Range("pressPercent", request.PressPercent, 0, 100)
            .Range("openPages", request.OpenPages, 0, RehearsalPlan.MaxOpenPages);

    private static RunResponse Describe(RehearsedRun run, RehearsedCode shownBy, LiveCodeId asked) => new(
        run.First, run.Last, run.From, run.To,
        run.LiveCodeId == asked ? null : new CodeName(shownBy.LiveCode.Id, shownBy.LiveCode.Name, shownBy.LiveCode.Number),
        run.SlotId, run.SlotId is { } slot ? shownBy.SlotNames[slot] : null, run.Round, run.Reason);
}
