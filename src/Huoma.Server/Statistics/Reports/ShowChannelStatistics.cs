using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Reports;

/// <summary>渠道对比: a code's entrances side by side, the busiest first.</summary>
internal static class ShowChannelStatistics
{
    /// <param name="ids">At most ten entrances to draw, with commas between; default: the busiest.</param>
    public static async Task<Results<Ok<ChannelStatisticsResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] StatisticsFilter filter, string? ids, StatisticsQuestion question, StatisticsQueries queries, CancellationToken ct)
    {
        var drawn = string.IsNullOrEmpty(ids) ? null : ids.Split(',').Select(Entrance.Parse).Distinct().ToList();
        var errors = drawn?.Count > StatisticsQueries.MaxLines
            ? new FieldErrors().Add("ids", $"最多同时对比 {StatisticsQueries.MaxLines} 个渠道")
            : new FieldErrors();
        if (question.Read(filter, errors, out var range) is { } problem)
        {
            return problem;
        }

        return await queries.CodeNameAsync(id, ct) is null || (drawn is not null && !await queries.HasEntrancesAsync(id, drawn, ct))
            ? Problems.NotFound()
            : TypedResults.Ok(await queries.OfEntrancesAsync(id, range, drawn, ct));
    }
}
