using Huoma.Server.Notices.Sending;
using Huoma.Server.Notices.Watch;
using Huoma.Server.Platform;
using Huoma.Server.Visits;

namespace Huoma.Server;

/// <summary>Every background job there is. Each runs in every process; two at once do no harm.</summary>
internal static class Schedule
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddJob<VisitRetention>(TimeSpan.FromHours(1));

        // Together within a minute: what is noticed is on its way before sixty seconds are over.
        builder.Services.AddJob<NoticeWatch>(TimeSpan.FromSeconds(50));
        builder.Services.AddJob<NoticeSending>(TimeSpan.FromSeconds(5));
    }
}
