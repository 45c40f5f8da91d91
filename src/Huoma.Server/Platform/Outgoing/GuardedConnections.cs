using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform.Outgoing;

/// <summary>The address is one that may not be asked; says nothing about what is there.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>
/// Connects to hosts that tenants named. The name is resolved here, every address it has is checked, and the connection goes to the one that was
/// checked: a name that answers differently the second time gains nothing.
/// </summary>
internal sealed class GuardedConnections(IOptions<OutgoingOptions> options)
{
    private const string Inside = "不能发送到内网或本机地址；确实需要时，请管理员在服务器设置 Huoma__Outgoing__AllowNetworks";

    private readonly IReadOnlyList<IPNetwork> allowed = options.Value.Networks;

    /// <summary>Whether some private network is allowed, and so plain http may be.</summary>
    public bool AllowsSome => allowed.Count > 0;

    /// <param name="isPlain">Without TLS: allowed only inside allowed networks.</param>
    /// <param name="ports">What may be asked of public addresses.</param>
    public async Task<NetworkStream> ConnectAsync(string host, int port, bool isPlain, IReadOnlyList<int> ports, CancellationToken ct)
    {
        // "localhost." is localhost, and some resolvers do not know.
        var name = host.TrimEnd('.');
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(name, ct);
        foreach (var address in addresses)
        {
            Check(address, port, isPlain, ports);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Check(IPAddress address, int port, bool isPlain, IReadOnlyList<int> ports)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (allowed.Any(network => network.Contains(plain)))
        {
            return;
        }

        if (!PublicAddresses.IsPublic(plain))
        {
            throw new AddressRefusedException(Inside);
        }

        if (!ports.Contains(port))
        {
            throw new AddressRefusedException($"只能使用端口 {string.Join('、', ports)}");
        }

        if (isPlain)
        {
            throw new AddressRefusedException("地址须以 https:// 开头");
        }
    }
}
