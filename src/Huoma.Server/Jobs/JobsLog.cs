namespace Huoma.Server.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(1701, LogLevel.Error, "The job {Job} failed; it runs again at its next time")]
    public static partial void RunFailed(this ILogger logger, string job, Exception exception);

    [LoggerMessage(1702, LogLevel.Warning, "Run {Turn} of the job {Job} showed no sign of life any more; this process took over")]
    public static partial void TookOver(this ILogger logger, string job, long turn);

    [LoggerMessage(1703, LogLevel.Warning, "Run {Turn} of the job {Job} ended here after another process had taken over")]
    public static partial void TakenFromUs(this ILogger logger, string job, long turn);

    [LoggerMessage(1704, LogLevel.Error, "How run {Turn} of the job {Job} ended could not be written down")]
    public static partial void EndNotWritten(this ILogger logger, string job, long turn, Exception exception);

    [LoggerMessage(1705, LogLevel.Error, "Background jobs wait: the store does not answer")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
