namespace Huoma.Server.Visits;

internal static partial class VisitLog
{
    [LoggerMessage(1001, LogLevel.Error, "The store does not take {Pipeline}: a batch of {Count} failed; visitors are told to come back until it does")]
    public static partial void CommitFailed(this ILogger logger, string pipeline, int count, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "The store takes {Pipeline} again, after {Failures} failures")]
    public static partial void CommitsAgain(this ILogger logger, string pipeline, int failures);

    [LoggerMessage(1003, LogLevel.Warning, "The store did not answer; a visitor was told to come back")]
    public static partial void StoreUnreachable(this ILogger logger, Exception exception);

    [LoggerMessage(1008, LogLevel.Error, "A visit failed; the visitor was told to come back")]
    public static partial void VisitFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1004, LogLevel.Warning, "The outcome of a commit of {Count} visits was unknown; the ledger says stored: {Stored}")]
    public static partial void CommitResolved(this ILogger logger, int count, bool stored);

    [LoggerMessage(1005, LogLevel.Debug, "The ledger of commits can not be read yet")]
    public static partial void LedgerUnreachable(this ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Warning, "A checkpoint of the write-ahead log failed; it is tried again")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1007, LogLevel.Information, "Deleted {Visits} visits and {Presses} presses older than {Days} days")]
    public static partial void RolledOff(this ILogger logger, long visits, long presses, int days);
}
