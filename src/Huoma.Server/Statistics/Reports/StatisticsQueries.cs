using Huoma.Domain.Statistics;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Statistics.Counting;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Statistics.Reports;

/// <summary>The statistics as the API, the tables and the files show them: all three are made of the same answer.</summary>
internal sealed class StatisticsQueries(TenantHourQueries tenantHours, CodeHourQueries codeHours, JoinQueries joins, HuomaDb db, Calendar calendar, TimeProvider time)
{
    /// <summary>Most lines of one chart.</summary>
    public const int MaxLines = 10;

    public Task<string?> CodeNameAsync(LiveCodeId id, CancellationToken ct) =>
        db.LiveCodes.Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(ct);

    /// <summary>Over all codes of the tenant.</summary>
    public Task<StatisticsResponse> OfTenantAsync(StatisticsRange range, bool withPrevious, CancellationToken ct) =>
        DescribeAsync(range, withPrevious, async hours =>
            [.. await tenantHours.HoursAsync(hours.From, hours.To, ct), .. await joins.QuartersAsync(id: null, hours.From, hours.To, ct)]);

    /// <param name="entrance">Null: through all of them.</param>
    public Task<StatisticsResponse> OfCodeAsync(LiveCodeId id, EntranceKey? entrance, StatisticsRange range, bool withPrevious, CancellationToken ct) =>
        DescribeAsync(range, withPrevious, async hours => entrance is { } key
            ? [.. (await codeHours.OfEntrancesAsync(id, hours, [key], ct))[key]]
            : [.. await codeHours.OfCodeAsync(id, hours, ct), .. await joins.QuartersAsync(id, hours.From, hours.To, ct)]);

    /// <param name="drawn">Whose series are wanted; null: the busiest ten's.</param>
    public async Task<ChannelStatisticsResponse> OfEntrancesAsync(
        LiveCodeId id, StatisticsRange range, IReadOnlyList<EntranceKey>? drawn, CancellationToken ct)
    {
        var totals = await codeHours.TotalsOfEntrancesAsync(id, range, ct);
        var entrances = (await EntrancesAsync(id, [.. totals.Keys], ct))
            .OrderByDescending(entrance => totals.GetValueOrDefault(entrance.Key).Scans).ToList();
        drawn ??= [.. entrances.Take(MaxLines).Select(entrance => entrance.Key)];
        var hours = await codeHours.OfEntrancesAsync(id, range, drawn, ct);
        var buckets = range.Buckets(calendar);
        var items = entrances.Select(entrance =>
        {
            var series = drawn.Contains(entrance.Key) ? Series.Of(buckets, hours[entrance.Key]) : null;
            var sum = series is null ? totals.GetValueOrDefault(entrance.Key) : Series.Total(series);
            return new EntranceStatistics(
                entrance.Id, entrance.Kind, entrance.Name, entrance.IsArchived, StatisticsTotals.Of(sum), series?.Select(StatisticsPoint.Of).ToList());
        });
        return new ChannelStatisticsResponse(range.From, range.To, range.By, calendar.Zone.Id, time.GetUtcNow(), [.. items]);
    }

    public async Task<SlotStatisticsResponse> OfSlotsAsync(LiveCodeId id, StatisticsRange range, CancellationToken ct)
    {
        var totals = await codeHours.TotalsOfSlotsAsync(id, range, ct);
        var slots = await db.Slots.IgnoreQueryFilters([HuomaDb.DeletedFilter]).AsNoTracking().Where(slot => slot.LiveCodeId == id)
            .OrderBy(slot => slot.Position).ToListAsync(ct);
        var counted = totals.Keys.ToLookup(key => key.Slot);
        var rounds = (from slot in slots
                      from round in slot.DeletedAt is null ? counted[slot.Id].Select(key => key.Round).Append(slot.Round).Distinct().Order()
                          : counted[slot.Id].Select(key => key.Round).Order()
                      select (Slot: slot, Key: new SlotRound(slot.Id, round))).ToList();
        var drawn = rounds.OrderByDescending(one => totals.GetValueOrDefault(one.Key).Shows).Take(MaxLines).Select(one => one.Key).ToHashSet();
        var hours = await codeHours.OfSlotsAsync(id, range, [.. drawn.Select(key => key.Slot).Distinct()], ct);
        var buckets = range.Buckets(calendar);
        var items = rounds.Select(one =>
        {
            var series = drawn.Contains(one.Key) ? Series.Of(buckets, hours[one.Key]) : null;
            var sum = series is null ? totals.GetValueOrDefault(one.Key) : Series.Total(series);
            return new RoundStatistics(
                one.Slot.Id, one.Slot.Name, one.Key.Round, one.Key.Round == one.Slot.Round, one.Slot.DeletedAt is not null,
                SlotTotalsResponse.Of(sum), series?.Select(SlotPoint.Of).ToList());
        });
        return new SlotStatisticsResponse(range.From, range.To, range.By, calendar.Zone.Id, time.GetUtcNow(), [.. items]);
    }

    /// <summary>True when all are entrances of the code: its own QR, channels of it, or codes of the tenant that may have handed over.</summary>
    public async Task<bool> HasEntrancesAsync(LiveCodeId id, IReadOnlyCollection<EntranceKey> entrances, CancellationToken ct)
    {
        var known = (await EntrancesAsync(id, entrances, ct)).Select(entrance => entrance.Key).ToHashSet();
        return entrances.All(known.Contains);
    }

    /// <param name="counted">Those that are there because something was counted.</param>
    private async Task<IReadOnlyList<Entrance>> EntrancesAsync(LiveCodeId id, IReadOnlyCollection<EntranceKey> counted, CancellationToken ct)
    {
        var channels = await db.Channels.AsNoTracking().Where(channel => channel.LiveCodeId == id).OrderBy(channel => channel.CreatedAt).ToListAsync(ct);
        var handingOver = counted.Where(key => key.Value is < 0 and > long.MinValue).Select(key => new LiveCodeId(-key.Value)).ToList();
        var sources = await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(row => handingOver.Contains(row.Id) && row.Id != id)
            .Select(row => new { row.Id, row.Name }).ToListAsync(ct);
        return
        [
            new Entrance(EntranceKind.Own, Entrance.Own, Name: null, IsArchived: false),
            .. channels.Where(channel => channel.ArchivedAt is null || counted.Contains(new EntranceKey(channel.Id.Value)))
                .Select(channel => new Entrance(EntranceKind.Channel, new EntranceKey(channel.Id.Value), channel.Name, channel.ArchivedAt is not null)),
            .. sources.Select(source => new Entrance(EntranceKind.HandOver, new EntranceKey(-source.Id.Value), source.Name, IsArchived: false)),
        ];
    }

    private async Task<StatisticsResponse> DescribeAsync(
        StatisticsRange range, bool withPrevious, Func<StatisticsRange, Task<IReadOnlyList<SeriesPoint<VisitFigures>>>> read)
    {
        var at = time.GetUtcNow();
        var series = Series.Of(range.Buckets(calendar), await read(range));
        PreviousPeriod? previous = null;
        if (withPrevious)
        {
            var before = range.Before(calendar);
            var earlier = Series.Of(before.Buckets(calendar), await read(before));
            previous = new PreviousPeriod(
                before.From, before.To, [.. earlier.Select(StatisticsPoint.Of)], StatisticsTotals.Of(Series.Total(earlier)));
        }

        return new StatisticsResponse(
            range.From, range.To, range.By, calendar.Zone.Id, at, [.. series.Select(StatisticsPoint.Of)], StatisticsTotals.Of(Series.Total(series)), previous);
    }
}
