namespace Huoma.Server.Platform.Data;

internal static partial class DataLog
{
    [LoggerMessage(200, LogLevel.Information, "Applied migration {Number} {Name}")]
    public static partial void Migrated(this ILogger logger, int number, string name);
}
