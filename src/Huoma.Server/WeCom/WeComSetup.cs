using System.Net;
using Huoma.Server.Platform.Outgoing;
using Huoma.Server.WeCom.Api;
using Huoma.Server.WeCom.Callbacks;
using Huoma.Server.WeCom.Chats;
using Huoma.Server.WeCom.Driving;
using Huoma.Server.WeCom.JoinWays;

namespace Huoma.Server.WeCom;

internal static class WeComSetup
{
    public static void AddWeCom(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WeComOptions>().BindConfiguration(WeComOptions.Section).Validate(options => options.IsValid, WeComOptions.Wrong).ValidateOnStart();

        // Without the factory's loggers: they write addresses, and these carry secrets and tokens.
        services.AddHttpClient(WeComHttp.Client, http =>
        {
            http.Timeout = TimeSpan.FromSeconds(10);
            http.MaxResponseContentBufferSize = 8 * 1024 * 1024;
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        services.AddGuardedClient(WeComPictures.Client, maxBytes: 1024 * 1024);
        services.AddSingleton<WeComHttp>();
        services.AddSingleton<WeComTokens>();
        services.AddSingleton<WeComClient>();
        services.AddSingleton<WeComPictures>();
        services.AddSingleton<WeComRobotQueries>();
        services.AddSingleton<ChatStore>();
        services.AddSingleton<JoinWayStore>();
        services.AddSingleton<JoinWayQr>();
        services.AddSingleton<WeComCommands>();
        services.AddSingleton<CallbackIntake>();
        services.AddScoped<ChatQueries>();
        services.AddScoped<ChatReading>();
    }
}
