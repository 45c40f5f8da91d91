namespace Huoma.Server.Channels;

internal static class ChannelEndpoints
{
    /// <summary>渠道码, for the console.</summary>
    public static void MapChannels(this IEndpointRouteBuilder console)
    {
        var ofCode = console.MapGroup("/codes/{id}/channels").WithTags("Channels");
        ofCode.MapPost("", CreateChannels.Handle).WithName(nameof(CreateChannels));
        ofCode.MapGet("/qr", DownloadChannelQrs.Handle).WithName(nameof(DownloadChannelQrs)).Produces<byte[]>(StatusCodes.Status200OK, "application/zip");

        var channels = console.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("", ListChannels.Handle).WithName(nameof(ListChannels));
        channels.MapPatch("/{id}", EditChannel.Handle).WithName(nameof(EditChannel));
        channels.MapGet("/{id}/qr", DownloadChannelQr.Handle).WithName(nameof(DownloadChannelQr)).Produces<byte[]>(StatusCodes.Status200OK, "image/png", "image/svg+xml");
    }
}
