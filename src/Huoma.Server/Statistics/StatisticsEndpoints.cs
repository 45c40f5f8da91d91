using Huoma.Server.Statistics.Export;
using Huoma.Server.Statistics.Reports;

namespace Huoma.Server.Statistics;

internal static class StatisticsEndpoints
{
    /// <summary>总览 and 数据统计, for the console.</summary>
    public static void MapStatistics(this IEndpointRouteBuilder console)
    {
        console.MapGet("/overview", ShowOverview.Handle).WithName(nameof(ShowOverview)).WithTags("Overview");

        var all = console.MapGroup("").WithTags("Statistics");
        all.MapGet("/stats", ShowStatistics.Handle).WithName(nameof(ShowStatistics));
        all.MapGet("/stats.csv", ExportStatistics.Csv).WithName("ExportStatisticsAsCsv").Produces<byte[]>(StatusCodes.Status200OK, "text/csv");
        all.MapGet("/stats.xlsx", ExportStatistics.Xlsx).WithName("ExportStatisticsAsXlsx").Produces<byte[]>(StatusCodes.Status200OK, XlsxFile.ContentType);

        var ofCode = console.MapGroup("/codes/{id}").WithTags("Statistics");
        ofCode.MapGet("/stats", ShowCodeStatistics.Handle).WithName(nameof(ShowCodeStatistics));
        ofCode.MapGet("/stats/channels", ShowChannelStatistics.Handle).WithName(nameof(ShowChannelStatistics));
        ofCode.MapGet("/stats/slots", ShowSlotStatistics.Handle).WithName(nameof(ShowSlotStatistics));
        ofCode.MapGet("/stats.csv", ExportCodeStatistics.Csv).WithName("ExportCodeStatisticsAsCsv").Produces<byte[]>(StatusCodes.Status200OK, "text/csv");
        ofCode.MapGet("/stats.xlsx", ExportCodeStatistics.Xlsx).WithName("ExportCodeStatisticsAsXlsx")
            .Produces<byte[]>(StatusCodes.Status200OK, XlsxFile.ContentType);
    }
}
