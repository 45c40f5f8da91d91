namespace Huoma.Server.Accounts;

internal static partial class AccountsLog
{
    [LoggerMessage(300, LogLevel.Information, "Created the first owner {User}")]
    public static partial void OwnerCreated(this ILogger logger, string user);
}
