using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Reports;

/// <summary>Each 群二维码 of a code, and each of its rounds.</summary>
internal static class ShowSlotStatistics
{
    public static async Task<Results<Ok<SlotStatisticsResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] StatisticsFilter filter, StatisticsQuestion question, StatisticsQueries queries, CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors(), out var range) is { } problem)
        {
            return problem;
        }

        return await queries.CodeNameAsync(id, ct) is null ? Problems.NotFound() : TypedResults.Ok(await queries.OfSlotsAsync(id, range, ct));
    }
}
