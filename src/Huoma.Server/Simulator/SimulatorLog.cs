namespace Huoma.Server.Simulator;

internal static partial class SimulatorLog
{
    [LoggerMessage(1401, LogLevel.Warning, "The WeChat simulator is on (Huoma:Simulator:Enabled): /sim is open to everybody who reaches this server. Switch it off in production")]
    public static partial void SimulatorIsOn(this ILogger logger);

    [LoggerMessage(1402, LogLevel.Information, "The simulator's gateway of robot {Robot} is connected")]
    public static partial void SimGatewayConnected(this ILogger logger, string robot);

    [LoggerMessage(1403, LogLevel.Information, "The simulator's gateway of robot {Robot} lost its connection ({Reason}); it dials again in {Milliseconds} ms")]
    public static partial void SimGatewayLost(this ILogger logger, string robot, string reason, long milliseconds);

    [LoggerMessage(1404, LogLevel.Error, "The simulator could not look after its gateways; it tries again")]
    public static partial void SimGatewaysFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1405, LogLevel.Error, "The token of robot {Robot} can not be opened: keys/secrets.key in the data directory is not the one it was sealed with")]
    public static partial void SimTokenUnreadable(this ILogger logger, string robot);
}
