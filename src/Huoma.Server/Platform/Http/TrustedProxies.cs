using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Huoma.Server.Platform.Http;

/// <summary>
/// <c>Huoma:TrustedProxies</c>: the addresses or networks of the reverse proxies that may say where a request came from,
/// as a list or separated by commas. From anybody else X-Forwarded-For and X-Forwarded-Proto mean nothing.
/// </summary>
internal static class TrustedProxies
{
    private const string Key = "Huoma:TrustedProxies";

    public static void UseTrustedProxies(this WebApplication app)
    {
        var section = app.Configuration.GetSection(Key);
        var proxies = section.Get<string[]>() ?? section.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (proxies.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            Trust(options, proxy);
        }

        app.UseForwardedHeaders(options);
    }

    private static void Trust(ForwardedHeadersOptions options, string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
        {
            options.KnownProxies.Add(address);
        }
        else if (System.Net.IPNetwork.TryParse(proxy, out var network))
        {
            options.KnownIPNetworks.Add(network);
        }
        else
        {
            throw new StartRefusedException($"{Key}: {proxy} is neither an IP address nor a network like 10.0.0.0/8");
        }
    }
}
