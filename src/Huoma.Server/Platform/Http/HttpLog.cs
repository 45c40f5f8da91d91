namespace Huoma.Server.Platform.Http;

internal static partial class HttpLog
{
    [LoggerMessage(100, LogLevel.Error, "Request {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, string path, Exception exception);
}
