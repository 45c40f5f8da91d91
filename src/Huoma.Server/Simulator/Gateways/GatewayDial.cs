using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>Dials this very server over the loopback interface, as a stranger's gateway would.</summary>
internal sealed class GatewayDial(IServer server)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Where this server listens, on this machine; null before it does.</summary>
    public static Uri? OwnAddress(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).ToList() ?? [];
        return addresses.Find(address => address.Scheme == "http") is { } plain ? new Uri($"http://{LoopbackFor(plain.Host)}:{plain.Port}") : null;
    }

    public async Task<WebSocket> OpenAsync(string token, string gatewayId, CancellationToken ct)
    {
        var own = OwnAddress(server) ?? throw new WebSocketException("The server listens on no plain http address.");
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.SetRequestHeader("X-Gateway-Id", gatewayId);
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.Proxy = null;
            await socket.ConnectAsync(new UriBuilder(own) { Scheme = "ws", Path = "/robot-gateway/v1/ws" }.Uri, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // What listens on every address listens on the loopback one; localhost is both 127.0.0.1 and ::1.
    private static string LoopbackFor(string host) =>
        host is "[::1]" or "localhost" || (IPAddress.TryParse(host, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) ? host : "127.0.0.1";
}
