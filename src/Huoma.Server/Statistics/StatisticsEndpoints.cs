namespace Huoma.Server.Statistics;

internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder console) =>
        console.MapGet("/overview", ShowOverview.Handle).WithName(nameof(ShowOverview)).WithTags("Overview");
}
