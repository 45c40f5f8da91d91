using Huoma.Server.Imaging;
using Huoma.Server.Notices.Channels;
using Huoma.Server.Notices.Inbox;
using Huoma.Server.Notices.Renewals;

namespace Huoma.Server.Notices;

internal static class NoticeEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>通知渠道 and what became of the notices.</summary>
    public static void MapNotices(this IEndpointRouteBuilder console)
    {
        console.MapGet("/notices", ListNotices.Handle).WithName(nameof(ListNotices)).WithTags("Notices");

        var channels = console.MapGroup("/notice-channels").WithTags("Notice channels");
        channels.MapGet("", ListNoticeChannels.Handle).WithName(nameof(ListNoticeChannels));
        channels.MapPost("", CreateNoticeChannel.Handle).WithName(nameof(CreateNoticeChannel));
        channels.MapGet("/{id}", ShowNoticeChannel.Handle).WithName(nameof(ShowNoticeChannel));
        channels.MapPatch("/{id}", EditNoticeChannel.Handle).WithName(nameof(EditNoticeChannel));
        channels.MapDelete("/{id}", DeleteNoticeChannel.Handle).WithName(nameof(DeleteNoticeChannel));
        channels.MapPost("/{id}/test", TestNoticeChannel.Handle).WithName(nameof(TestNoticeChannel));
        channels.MapGet("/{id}/deliveries", ListDeliveries.Handle).WithName(nameof(ListDeliveries));
    }

    /// <summary>What everybody who is signed in may do with his own list, viewers too.</summary>
    public static void MapOwnNotices(this IEndpointRouteBuilder own) =>
        own.MapPost("/notices/read", ReadNotices.Handle).WithName(nameof(ReadNotices)).WithTags("Notices");

    /// <summary>续码链接: public, its token is the key.</summary>
    public static void MapRenewals(this IEndpointRouteBuilder routes)
    {
        var renewals = routes.MapGroup("/r/{token}").AllowAnonymous().ExcludeFromDescription();
        renewals.ShortCircuit();
        renewals.MapMethods("", GetAndHead, RenewSlot.HandleGet).WithName("ShowRenewal");
        renewals.MapPost("", RenewSlot.HandlePost).WithName(nameof(RenewSlot)).DisableAntiforgery().WithMetadata(PictureForm.BodySize);
    }
}
