using Huoma.Server.Platform.Http;
using Huoma.Server.Statistics.Counting;
using Huoma.Server.Statistics.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics.Export;

/// <summary>The statistics of one code as a file.</summary>
internal static class ExportCodeStatistics
{
    public enum Table
    {
        Trend = 1,
        Channels = 2,
        Slots = 3,
    }

    /// <param name="channelId">As in <see cref="ShowCodeStatistics"/>; for the trend only.</param>
    /// <param name="table">Which of the page's tables. Default: the trend.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Csv(
        LiveCodeId id,
        [AsParameters] StatisticsFilter filter,
        string? channelId,
        Choice<Table>? table,
        StatisticsQuestion question,
        StatisticsQueries queries,
        StatisticsSheets sheets,
        CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors().Known("table", table), out var range) is { } problem)
        {
            return problem;
        }

        var entrance = EntranceOf(channelId);
        if (await queries.CodeNameAsync(id, ct) is not { } name || (entrance is { } key && !await queries.HasEntrancesAsync(id, [key], ct)))
        {
            return Problems.NotFound();
        }

        var sheet = table?.Value switch
        {
            Table.Channels => StatisticsSheets.Channels(await queries.OfEntrancesAsync(id, range, drawn: [], ct)),
            Table.Slots => StatisticsSheets.Slots(await queries.OfSlotsAsync(id, range, ct)),
            _ => sheets.Trend(await queries.OfCodeAsync(id, entrance, range, withPrevious: false, ct)),
        };
        return TypedResults.File(CsvFile.Write(sheet), CsvFile.ContentType, sheets.FileName(name, sheet.Name, range.From, range.To, "csv"));
    }

    /// <param name="channelId">As in <see cref="ShowCodeStatistics"/>; for the sums and the trend.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Xlsx(
        LiveCodeId id,
        [AsParameters] StatisticsFilter filter,
        string? channelId,
        StatisticsQuestion question,
        StatisticsQueries queries,
        StatisticsSheets sheets,
        CancellationToken ct)
    {
        if (question.Read(filter, new FieldErrors(), out var range) is { } problem)
        {
            return problem;
        }

        var entrance = EntranceOf(channelId);
        if (await queries.CodeNameAsync(id, ct) is not { } name || (entrance is { } key && !await queries.HasEntrancesAsync(id, [key], ct)))
        {
            return Problems.NotFound();
        }

        var statistics = await queries.OfCodeAsync(id, entrance, range, withPrevious: false, ct);
        Sheet[] pages =
        [
            sheets.Summary(name, statistics),
            sheets.Trend(statistics),
            StatisticsSheets.Channels(await queries.OfEntrancesAsync(id, range, drawn: [], ct)),
            StatisticsSheets.Slots(await queries.OfSlotsAsync(id, range, ct)),
        ];
        return TypedResults.File(XlsxFile.Write(pages), XlsxFile.ContentType, sheets.FileName(name, "数据统计", range.From, range.To, "xlsx"));
    }

    private static EntranceKey? EntranceOf(string? channelId) => string.IsNullOrEmpty(channelId) ? null : Entrance.Parse(channelId);
}
