using System.Net;
using Huoma.Server.Audit;
using Huoma.Server.OfficialAccount.Api;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.OfficialAccount.Sharing;
using Huoma.Server.OfficialAccount.Verification;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Outgoing;

namespace Huoma.Server.OfficialAccount;

internal static class OfficialAccountSetup
{
    public static void AddOfficialAccount(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OfficialAccountOptions>().BindConfiguration(OfficialAccountOptions.Section)
            .Validate(options => options.IsPair, OfficialAccountOptions.WrongPair)
            .Validate(options => options.HasGoodBases, OfficialAccountOptions.WrongBase).ValidateOnStart();

        // Without the factory's loggers: they write addresses, and these carry secrets and tokens. A visitor waits for the answer.
        services.AddHttpClient(OfficialAccountHttp.Client, http =>
        {
            http.Timeout = TimeSpan.FromSeconds(4);
            http.MaxResponseContentBufferSize = AvatarClient.MaxBytes;
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        services.AddGuardedClient(AvatarClient.Client, AvatarClient.MaxBytes);
        services.AddSingleton<OfficialAccountHttp>();
        services.AddSingleton<OfficialAccountClient>();
        services.AddSingleton<AvatarClient>();
        services.AddSingleton<SharedKeyStore>();
        services.AddSingleton<SharedKeys>();
        services.AddSingleton<SignedPages>();
        services.AddSingleton<SignInStore>();
        services.AddScoped<IdentityStore>();
        services.AddScoped<IForgetsVisitors, ForgetIdentity>();
        services.AddSingleton<VerifyFileQueries>();
        services.AddAudited<VerifyFileAudit>();
    }
}
