using Huoma.Server.Platform.Http;
using Huoma.Server.Statistics.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Export;

/// <summary>The statistics of all codes as a file.</summary>
internal static class ExportStatistics
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Csv(
        [AsParameters] StatisticsFilter filter, StatisticsQuestion question, StatisticsQueries queries, StatisticsSheets sheets, CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors(), out var range) is { } problem)
        {
            return problem;
        }

        var statistics = await queries.OfTenantAsync(range, withPrevious: false, ct);
        return TypedResults.File(CsvFile.Write(sheets.Trend(statistics)), CsvFile.ContentType, sheets.FileName("全部活码", "数据统计", statistics.From, statistics.To, "csv"));
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Xlsx(
        [AsParameters] StatisticsFilter filter, StatisticsQuestion question, StatisticsQueries queries, StatisticsSheets sheets, CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors(), out var range) is { } problem)
        {
            return problem;
        }

        var statistics = await queries.OfTenantAsync(range, withPrevious: false, ct);
        return TypedResults.File(
            XlsxFile.Write([sheets.Summary(name: null, statistics), sheets.Trend(statistics)]),
            XlsxFile.ContentType,
            sheets.FileName("全部活码", "数据统计", statistics.From, statistics.To, "xlsx"));
    }
}
