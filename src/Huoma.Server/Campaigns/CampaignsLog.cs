namespace Huoma.Server.Campaigns;

internal static partial class CampaignsLog
{
    [LoggerMessage(2201, LogLevel.Information, "Personal data of somebody in campaign {Campaign} were removed: {Participants} participations, {Friends} invitations")]
    public static partial void PersonRemoved(this ILogger logger, CampaignId campaign, int participants, int friends);

    [LoggerMessage(2202, LogLevel.Information, "Personal data of {People} people were removed, {Days} days after the end of their campaigns")]
    public static partial void PeopleForgotten(this ILogger logger, long people, int days);
}
