using Huoma.Server.Campaigns.Invitations;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.Groups;
using Huoma.Server.Groups.Rules;
using Huoma.Server.Jobs;
using Huoma.Server.LiveCodes.Deleted;
using Huoma.Server.Notices;
using Huoma.Server.Notices.Sending;
using Huoma.Server.Notices.Watch;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform;
using Huoma.Server.Robots.Inbox;
using Huoma.Server.Statistics.Counting;
using Huoma.Server.Visits;
using Huoma.Server.WeCom.Driving;
using Huoma.Server.WeCom.JoinWays;

namespace Huoma.Server;

/// <summary>
/// Every background job there is. Those of the scheduler run in one process at a time (ADR 0018); the others run in every process, for their
/// work is shared by the rows they lock: robots' events, and channels to send to.
/// </summary>
internal static class Schedule
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScheduler();
        services.AddScheduledJob<VisitRetention>("visit-retention", TimeSpan.FromHours(1));
        services.AddScheduledJob<SumUpHours>("statistics", TimeSpan.FromMinutes(5));
        services.AddScheduledJob<EmptyRecycleBin>("recycle-bin", TimeSpan.FromHours(1));

        services.AddJob<ReactToRobots>(TimeSpan.FromSeconds(1));
        services.AddScheduledJob<RunOutCommands>("robot-commands", TimeSpan.FromSeconds(5));
        services.AddScheduledJob<RobotRetention>("robot-retention", TimeSpan.FromHours(1));

        services.AddJob<ServeWeCom>(TimeSpan.FromSeconds(1));
        services.AddScheduledJob<SweepJoinWays>("join-ways", TimeSpan.FromHours(1));

        var groups = builder.Configuration.GetSection(GroupsOptions.Section).Get<GroupsOptions>() ?? new GroupsOptions();
        services.AddScheduledJob<GroupKeeper>("groups", groups.LookEvery);
        services.AddScheduledJob<ForgetHeardMessages>("heard-messages", TimeSpan.FromHours(1));

        services.AddJob<RecordInvitations>(TimeSpan.FromMinutes(1));
        services.AddScheduledJob<ForgetSignIns>("sign-ins", TimeSpan.FromHours(1));
        services.AddScheduledJob<ForgetEndedCampaigns>("campaign-people", TimeSpan.FromHours(6));

        var notices = builder.Configuration.GetSection(NoticesOptions.Section).Get<NoticesOptions>() ?? new NoticesOptions();
        services.AddScheduledJob<NoticeWatch>("notices", notices.WatchEvery);
        services.AddJob<NoticeSending>(notices.SendEvery);
    }
}
