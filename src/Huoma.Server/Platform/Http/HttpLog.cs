namespace Huoma.Server.Platform.Http;

internal static partial class HttpLog
{
    [LoggerMessage(100, LogLevel.Error, "Request {Path} failed (trace {TraceId})")]
    public static partial void RequestFailed(this ILogger logger, string path, string? traceId, Exception exception);
}
