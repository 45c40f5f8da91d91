using Huoma.Server.Platform.Http;
using Huoma.Server.Statistics.Counting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Reports;

/// <summary>数据统计 of one code, through all entrances or one of them.</summary>
internal static class ShowCodeStatistics
{
    /// <param name="channelId"><c>own</c>, a channel's id, or <c>from-</c> and the id of the code that hands its visitors over. Default: all.</param>
    /// <param name="compare">With the figures of as many days right before.</param>
    public static async Task<Results<Ok<StatisticsResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id,
        [AsParameters] StatisticsFilter filter,
        string? channelId,
        Choice<Comparison>? compare,
        StatisticsQuestion question,
        StatisticsQueries queries,
        CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors().Known("compare", compare), out var range) is { } problem)
        {
            return problem;
        }

        EntranceKey? entrance = string.IsNullOrEmpty(channelId) ? null : Entrance.Parse(channelId);
        if (await queries.CodeNameAsync(id, ct) is null || (entrance is { } key && !await queries.HasEntrancesAsync(id, [key], ct)))
        {
            return Problems.NotFound();
        }

        return TypedResults.Ok(await queries.OfCodeAsync(id, entrance, range, compare?.Value == Comparison.Previous, ct));
    }
}
