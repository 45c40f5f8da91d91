namespace Huoma.Server.Visits;

internal static partial class VisitLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Commit of {Count} visits failed, attempt {Attempt}")]
    public static partial void CommitFailed(this ILogger logger, int count, int attempt, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "Whether {Count} visits were committed is unknown; their visitors were told to come back")]
    public static partial void CommitUnknown(this ILogger logger, int count, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "The store did not answer; a visitor was told to come back")]
    public static partial void StoreUnreachable(this ILogger logger, Exception exception);
}
