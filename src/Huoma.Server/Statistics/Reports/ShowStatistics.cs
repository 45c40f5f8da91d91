using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Reports;

/// <summary>What a range may be set against.</summary>
internal enum Comparison
{
    /// <summary>As many days right before.</summary>
    Previous = 1,
}

/// <summary>数据统计 over all codes.</summary>
internal static class ShowStatistics
{
    /// <param name="compare">With the figures of as many days right before.</param>
    public static async Task<Results<Ok<StatisticsResponse>, ProblemHttpResult>> Handle(
        [AsParameters] StatisticsFilter filter, Choice<Comparison>? compare, StatisticsQuestion question, StatisticsQueries queries, CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors().Known("compare", compare), out var range) is { } problem)
        {
            return problem;
        }

        return TypedResults.Ok(await queries.OfTenantAsync(range, compare?.Value == Comparison.Previous, ct));
    }
}
