namespace Huoma.Server.Groups;

internal static partial class GroupsLog
{
    [LoggerMessage(1501, LogLevel.Error, "The groups of code {Code} could not be looked after; it is tried again at the next look")]
    public static partial void KeepingFailed(this ILogger logger, LiveCodeId code, Exception exception);
}
