namespace Huoma.Server.Statistics;

internal static class StatisticsSetup
{
    public static void AddStatistics(this WebApplicationBuilder builder) => builder.Services.AddScoped<OverviewQueries>();
}
