namespace Huoma.Server.OfficialAccount;

internal static partial class OfficialAccountLog
{
    [LoggerMessage(2101, LogLevel.Warning, "WeChat answered {Path} with errcode {Errcode}")]
    public static partial void CallRefused(this ILogger logger, string path, int? errcode);

    [LoggerMessage(2102, LogLevel.Warning, "WeChat answered {Path} with HTTP {Status}")]
    public static partial void CallFailed(this ILogger logger, string path, int status);

    // The exception itself may carry the address, and with it the secret.
    [LoggerMessage(2103, LogLevel.Warning, "WeChat could not be asked for {Path}: {Reason}")]
    public static partial void CallBroke(this ILogger logger, string path, string reason);

    [LoggerMessage(2104, LogLevel.Error, "The settings of the official account are wrong ({Code}): visitors stay known by their cookie alone")]
    public static partial void SettingsAreWrong(this ILogger logger, string code);

    [LoggerMessage(2105, LogLevel.Warning, "An avatar was not taken: {Reason}")]
    public static partial void AvatarRefused(this ILogger logger, string reason);

    [LoggerMessage(2106, LogLevel.Warning, "Somebody signed in, but it could not be stored ({Reason}); he stays known by his cookie")]
    public static partial void SignInNotStored(this ILogger logger, string reason);
}
