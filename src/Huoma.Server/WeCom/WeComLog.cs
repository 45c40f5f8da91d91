namespace Huoma.Server.WeCom;

internal static partial class WeComLog
{
    [LoggerMessage(1801, LogLevel.Warning, "WeCom answered {Path} with errcode {Errcode}")]
    public static partial void CallRefused(this ILogger logger, string path, int? errcode);

    [LoggerMessage(1802, LogLevel.Warning, "WeCom answered {Path} with HTTP {Status}")]
    public static partial void CallFailed(this ILogger logger, string path, int status);

    // The exception itself may carry the address, and with it the token.
    [LoggerMessage(1803, LogLevel.Warning, "WeCom could not be asked for {Path}: {Reason}")]
    public static partial void CallBroke(this ILogger logger, string path, string reason);

    [LoggerMessage(1804, LogLevel.Warning, "The picture of a join way was answered with HTTP {Status}")]
    public static partial void PictureMissing(this ILogger logger, int status);

    [LoggerMessage(1805, LogLevel.Warning, "A callback for robot {Robot} was refused: wrong signature, key or receiver, or no such robot")]
    public static partial void CallbackRefused(this ILogger logger, RobotId robot);

    [LoggerMessage(1806, LogLevel.Error, "Robot {Robot} of WeCom could not be served; it is tried again in a second")]
    public static partial void ServingFailed(this ILogger logger, RobotId robot, Exception exception);

    [LoggerMessage(1807, LogLevel.Information, "Deleted join way of robot {Robot} that no group shows any more")]
    public static partial void JoinWaySwept(this ILogger logger, RobotId robot);

    [LoggerMessage(1808, LogLevel.Warning, "A join way of robot {Robot} could not be deleted ({Code}); it is tried again in an hour")]
    public static partial void SweepFailed(this ILogger logger, RobotId robot, string code);
}
