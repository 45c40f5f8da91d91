using Huoma.Domain.Channels;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>A channel with the code it is an entrance of.</summary>
internal sealed record ChannelOfCode
{
    public required ChannelCode Channel { get; init; }

    public required LiveCode LiveCode { get; init; }
}

/// <summary>Reads channels together with their codes, and turns them into what the API shows, in a fixed number of queries.</summary>
internal sealed class ChannelQueries(HuomaDb db, ChannelCountQueries counts, TimeProvider time, Calendar calendar, PublicUrl url)
{
    /// <summary>Codes that were deleted are found here too: the figures of their channels stay, and so do their printed QRs.</summary>
    public IQueryable<ChannelOfCode> All =>
        from channel in db.Channels.AsNoTracking().IgnoreQueryFilters([HuomaDb.DeletedFilter])
        join liveCode in db.LiveCodes.AsNoTracking() on channel.LiveCodeId equals liveCode.Id
        select new ChannelOfCode { Channel = channel, LiveCode = liveCode };

    public string UrlOf(ChannelCode channel) => url.Of($"/q/{channel.Key}");

    public async Task<IReadOnlyList<ChannelResponse>> DescribeAsync(IReadOnlyList<ChannelOfCode> channels, CancellationToken ct)
    {
        var today = calendar.StartOfDay(time.GetUtcNow());
        var totals = await counts.TotalsAsync([.. channels.Select(row => row.Channel.Id)], today, ct);
        return [.. channels.Select(row => Describe(row.Channel, row.LiveCode, totals.GetValueOrDefault(row.Channel.Id, ChannelTotals.None)))];
    }

    private ChannelResponse Describe(ChannelCode channel, LiveCode liveCode, ChannelTotals totals) => new(
        channel.Id,
        liveCode.Id,
        liveCode.Name,
        liveCode.Kind,
        liveCode.Status,
        liveCode.DeletedAt is not null,
        channel.Key,
        UrlOf(channel),
        channel.Name,
        channel.Remark,
        channel.ArchivedAt is not null,
        new ChannelCountsResponse(
            totals.TodayVisitors,
            totals.TodayScans,
            totals.TodayPressVisitors,
            totals.TodayPresses,
            totals.Visitors,
            totals.Scans,
            totals.PressVisitors,
            totals.Presses,
            Joins: 0),
        channel.CreatedAt);
}
