using Huoma.Server.LiveCodes.Deleted;
using Huoma.Server.Platform;
using Huoma.Server.Statistics.Counting;
using Huoma.Server.Visits;

namespace Huoma.Server;

/// <summary>Every background job there is. Each runs in every process; two at once do no harm.</summary>
internal static class Schedule
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddJob<VisitRetention>(TimeSpan.FromHours(1));
        builder.Services.AddJob<SumUpHours>(TimeSpan.FromMinutes(5));
        builder.Services.AddJob<EmptyRecycleBin>(TimeSpan.FromHours(1));
    }
}
