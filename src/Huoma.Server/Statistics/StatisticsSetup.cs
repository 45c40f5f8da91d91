using Huoma.Server.Statistics.Counting;
using Huoma.Server.Statistics.Export;
using Huoma.Server.Statistics.Reports;

namespace Huoma.Server.Statistics;

internal static class StatisticsSetup
{
    public static void AddStatistics(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<OverviewQueries>();
        services.AddScoped<TenantHourQueries>();
        builder.Services.AddScoped<JoinQueries>();
        services.AddScoped<CodeHourQueries>();
        services.AddScoped<StatisticsQueries>();
        services.AddSingleton<RollUps>();
        services.AddSingleton<StatisticsQuestion>();
        services.AddSingleton<StatisticsSheets>();
    }
}
