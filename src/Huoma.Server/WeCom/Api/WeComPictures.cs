using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Outgoing;

namespace Huoma.Server.WeCom.Api;

/// <summary>Reads the QR of a picture at an address the API named. The address is somebody else's word, so it is asked as those that tenants type: nothing inside.</summary>
internal sealed class WeComPictures(IHttpClientFactory clients, PictureWorkshop workshop, ILogger<WeComPictures> log)
{
    public const string Client = "wecom-pictures";

    private const int TextMaxLength = 1_000;

    /// <summary>Null when it can not be fetched or read.</summary>
    public async Task<string?> ReadQrAsync(string address, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        try
        {
            using var http = clients.CreateClient(Client);
            using var response = await http.GetAsync(Safer(uri), ct);
            if (!response.IsSuccessStatusCode)
            {
                log.PictureMissing((int)response.StatusCode);
                return null;
            }

            using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync(ct));
            return await workshop.PrepareAsync(file, ImagePurpose.Slot, ct) is PreparedPicture.Ready { Image.Readings: [{ Payload: { Length: > 0 and <= TextMaxLength } text }, ..] }
                ? text : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or AddressRefusedException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.CallBroke("qr_code", exception.GetType().Name);
            return null;
        }
    }

    // Their documents show http addresses; the same pictures are there by https.
    private static Uri Safer(Uri uri) => uri is { Scheme: "http", IsDefaultPort: true } ? new UriBuilder(uri) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri : uri;
}
