namespace Huoma.Server.Robots;

internal static partial class RobotsLog
{
    [LoggerMessage(1301, LogLevel.Information, "Robot {Robot} is served by session {Session} of gateway {Gateway}")]
    public static partial void SessionBegan(this ILogger logger, RobotId robot, long session, string gateway);

    [LoggerMessage(1302, LogLevel.Information, "Session {Session} of robot {Robot} ended with {Code} {Reason}")]
    public static partial void SessionEnded(this ILogger logger, RobotId robot, long session, int code, string reason);

    [LoggerMessage(1303, LogLevel.Error, "What robot {Robot} reported could not be stored; its gateway sends it again")]
    public static partial void IntakeFailed(this ILogger logger, RobotId robot, Exception exception);

    [LoggerMessage(1304, LogLevel.Warning, "Commands of robot {Robot} could not be looked at; tried again in a second")]
    public static partial void DispatchFailed(this ILogger logger, RobotId robot, Exception exception);

    [LoggerMessage(1305, LogLevel.Information, "Dropped {Count} messages of robot {Robot}: of another robot, of an unknown type, or too large")]
    public static partial void Dropped(this ILogger logger, RobotId robot, int count);

    [LoggerMessage(1306, LogLevel.Warning, "Nobody could react to {Number} ({Type}) of robot {Robot}, attempt {Attempt}; it is tried again")]
    public static partial void ReactionFailed(this ILogger logger, RobotId robot, long number, string type, int attempt, Exception exception);

    [LoggerMessage(1307, LogLevel.Error, "Nobody could react to {Number} ({Type}) of robot {Robot}; it is put aside after {Attempt} attempts")]
    public static partial void Parked(this ILogger logger, RobotId robot, long number, string type, int attempt, Exception exception);

    [LoggerMessage(1308, LogLevel.Information, "Deleted {Events} events and {Commands} commands of robots that were older than {Days} days")]
    public static partial void RobotsRolledOff(this ILogger logger, long events, long commands, int days);

    [LoggerMessage(1309, LogLevel.Warning, "The database did not answer; reactions to robots go on when it does")]
    public static partial void ReactionsStopped(this ILogger logger, Exception exception);

    [LoggerMessage(1310, LogLevel.Error, "A message of a gateway could not be read; the connection is closed")]
    public static partial void ReadingFailed(this ILogger logger, Exception exception);
}
