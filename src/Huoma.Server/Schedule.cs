using Huoma.Server.Campaigns.Invitations;
using Huoma.Server.Groups;
using Huoma.Server.LiveCodes.Deleted;
using Huoma.Server.Notices;
using Huoma.Server.Notices.Sending;
using Huoma.Server.Notices.Watch;
using Huoma.Server.Platform;
using Huoma.Server.Robots.Inbox;
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

        builder.Services.AddJob<ReactToRobots>(TimeSpan.FromSeconds(1));
        builder.Services.AddJob<RunOutCommands>(TimeSpan.FromSeconds(5));
        builder.Services.AddJob<RobotRetention>(TimeSpan.FromHours(1));

        var groups = builder.Configuration.GetSection(GroupsOptions.Section).Get<GroupsOptions>() ?? new GroupsOptions();
        builder.Services.AddJob<GroupKeeper>(groups.LookEvery);

        builder.Services.AddJob<RecordInvitations>(TimeSpan.FromMinutes(1));

        var notices = builder.Configuration.GetSection(NoticesOptions.Section).Get<NoticesOptions>() ?? new NoticesOptions();
        builder.Services.AddJob<NoticeWatch>(notices.WatchEvery);
        builder.Services.AddJob<NoticeSending>(notices.SendEvery);
    }
}
