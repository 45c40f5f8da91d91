namespace Huoma.Server.Notices;

internal static partial class NoticesLog
{
    [LoggerMessage(1201, LogLevel.Information, "Made {Count} notices")]
    public static partial void NoticesMade(this ILogger logger, int count);

    [LoggerMessage(1202, LogLevel.Warning, "Notice channel {Channel} did not take a message ({Failures} times in a row); it is tried again in {Seconds} s")]
    public static partial void SendingFailed(this ILogger logger, NoticeChannelId channel, int failures, int seconds);

    [LoggerMessage(1203, LogLevel.Error, "The settings of notice channel {Channel} can not be opened: keys/secrets.key in the data directory is not the one they were sealed with")]
    public static partial void SettingsUnreadable(this ILogger logger, NoticeChannelId channel);

    [LoggerMessage(1204, LogLevel.Error, "Sending to notice channel {Channel} failed")]
    public static partial void SendingBroke(this ILogger logger, NoticeChannelId channel, Exception exception);

    [LoggerMessage(1205, LogLevel.Information, "Renewal link {Link} was used for slot {Slot}")]
    public static partial void Renewed(this ILogger logger, RenewalLinkId link, SlotId slot);
}
