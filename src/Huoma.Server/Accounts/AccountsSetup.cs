using Huoma.Server.Accounts.Sessions;
using Huoma.Server.Accounts.Setup;
using Huoma.Server.Accounts.Users;
using Huoma.Server.Audit;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Accounts;

internal static class AccountsSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountsOptions>().BindConfiguration(AccountsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SignInAttemptStore>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<KnownDevice>();
        services.AddSingleton<SetupStore>();
        services.AddSingleton<FirstStart>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<SessionOpening>();
        services.AddScoped<FirstOwner>();
        services.AddScoped<Owners>();
        services.AddAudited<UserAudit>();
        // The core only: AddAuthentication would also bring data protection, whose keys nothing here needs.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = SessionAuthentication.SchemeName;
            options.AddScheme<SessionAuthentication>(SessionAuthentication.SchemeName, displayName: null);
        });
        services.AddAuthorizationBuilder().AddPolicies();
    }

    /// <summary>Who is asking, and may he.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        // What is no route at all is said at once (404, 405): the rule that everything needs sign-in is about what exists.
        app.Use((context, next) => context.GetEndpoint() switch
        {
            RouteEndpoint => next(context),
            { RequestDelegate: { } answer } => answer(context),
            _ => Problems.NotFound().ExecuteAsync(context),
        });
        app.UseAuthentication();
        app.UseConsoleHeader();
        app.UseAuthorization();
    }

    public static Task StartAccountsAsync(this WebApplication app) => app.Services.GetRequiredService<FirstStart>().RunAsync(CancellationToken.None);
}
