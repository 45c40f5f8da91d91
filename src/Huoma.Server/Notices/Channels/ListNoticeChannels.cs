using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

internal static class ListNoticeChannels
{
    public static async Task<Ok<Listing<NoticeChannelResponse>>> Handle(ChannelQueries queries, CancellationToken ct)
    {
        var channels = await queries.DescribeAsync(ct);
        return TypedResults.Ok(new Listing<NoticeChannelResponse>(channels, channels.Count, Page: 1, NoticeChannel.MaxPerTenant));
    }
}

internal static class ShowNoticeChannel
{
    public static async Task<Results<Ok<NoticeChannelResponse>, ProblemHttpResult>> Handle(NoticeChannelId id, HuomaDb db, ChannelQueries queries, CancellationToken ct) =>
        await db.NoticeChannels.AnyAsync(channel => channel.Id == id, ct) ? TypedResults.Ok(await queries.DescribeAsync(id, ct)) : Problems.NotFound();
}

/// <summary>投递记录 of one channel, the newest first.</summary>
internal static class ListDeliveries
{
    public static async Task<Results<Ok<Listing<DeliveryResponse>>, ProblemHttpResult>> Handle(
        NoticeChannelId id, [AsParameters] Paging paging, HuomaDb db, ChannelStateQueries queries, CancellationToken ct) =>
        await db.NoticeChannels.AnyAsync(channel => channel.Id == id, ct) ? TypedResults.Ok(await queries.DeliveriesAsync(id, paging, ct)) : Problems.NotFound();
}
