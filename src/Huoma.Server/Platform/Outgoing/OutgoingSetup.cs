using System.Net;

namespace Huoma.Server.Platform.Outgoing;

internal static class OutgoingSetup
{
    /// <summary>The client for addresses that tenants typed: no redirects, no cookies, no proxy, nothing inside, and little patience.</summary>
    public const string Client = "outgoing";

    private static readonly int[] Ports = [443];

    public static void AddOutgoing(this IServiceCollection services)
    {
        services.AddOptions<OutgoingOptions>().BindConfiguration(OutgoingOptions.Section)
            .Validate(options => options.IsValid, "Huoma:Outgoing:AllowNetworks must be networks like 10.1.2.3/32, separated by commas").ValidateOnStart();
        services.AddSingleton<GuardedConnections>();

        services.AddGuardedClient(Client, maxBytes: 64 * 1024);
    }

    /// <summary>Another client as <see cref="Client"/>, for longer answers.</summary>
    public static void AddGuardedClient(this IServiceCollection services, string name, int maxBytes)
    {
        // Without the factory's loggers: they write addresses, and an address of a chat robot is its secret.
        services.AddHttpClient(name, http =>
        {
            http.Timeout = TimeSpan.FromSeconds(6);
            http.MaxResponseContentBufferSize = maxBytes;
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(provider => MakeHandler(provider.GetRequiredService<GuardedConnections>()));
    }

    private static SocketsHttpHandler MakeHandler(GuardedConnections connections) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16,
        ConnectCallback = async (context, ct) =>
        {
            var endpoint = context.DnsEndPoint;
            var isPlain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
            return await connections.ConnectAsync(endpoint.Host, endpoint.Port, isPlain, Ports, ct);
        },
    };
}
