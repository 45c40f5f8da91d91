namespace Huoma.Server.Accounts;

internal static class AccountsSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
    }

    public static Task StartAccountsAsync(this WebApplication app) => Task.CompletedTask;
}
