namespace Huoma.Server.Groups.Rules;

internal static partial class RulesLog
{
    [LoggerMessage(1601, LogLevel.Information, "{Count} messages of members were deleted, older than {Days} days or too many")]
    public static partial void MessagesForgotten(this ILogger logger, int count, int days);
}
