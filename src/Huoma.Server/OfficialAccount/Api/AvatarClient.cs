using Huoma.Server.Platform.Outgoing;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>
/// Fetches an avatar at the address WeChat named: from WeChat's own hosts as from any stranger's, nothing inside; or from where the API is, which the
/// operator set. Anything else is not asked.
/// </summary>
internal sealed class AvatarClient(IHttpClientFactory clients, IOptions<OfficialAccountOptions> options, ILogger<AvatarClient> log)
{
    public const string Client = "avatars";
    public const int MaxBytes = 1024 * 1024;

    private static readonly string[] Hosts = [".qlogo.cn", ".qpic.cn"];

    private readonly Uri apiBase = new(options.Value.ApiBase);

    /// <summary>Null when there is none, or it can not be had.</summary>
    public async Task<byte[]?> FetchAsync(string? address, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(address))
        {
            return null;
        }

        if (ClientFor(address, out var uri) is not { } client)
        {
            log.AvatarRefused("its address is not one of WeChat's");
            return null;
        }

        try
        {
            using var http = clients.CreateClient(client);
            using var response = await http.GetAsync(uri, ct);
            if (response.IsSuccessStatusCode && await response.Content.ReadAsByteArrayAsync(ct) is { Length: <= MaxBytes } file)
            {
                return file;
            }

            log.AvatarRefused("it is not there, or too large");
        }
        catch (Exception exception) when (exception is HttpRequestException or AddressRefusedException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.AvatarRefused(exception.GetType().Name);
        }

        return null;
    }

    private string? ClientFor(string address, out Uri? uri)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out uri) || uri.UserInfo.Length > 0)
        {
            return null;
        }

        if (uri.Scheme == apiBase.Scheme && uri.Authority == apiBase.Authority)
        {
            return OfficialAccountHttp.Client;
        }

        // Their documents still show http addresses; the same pictures are there by https.
        if (uri is { Scheme: "http", IsDefaultPort: true })
        {
            uri = new UriBuilder(uri) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri;
        }

        var host = uri.Host;
        return uri is { Scheme: "https", IsDefaultPort: true } && Array.Exists(Hosts, end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? Client : null;
    }
}
