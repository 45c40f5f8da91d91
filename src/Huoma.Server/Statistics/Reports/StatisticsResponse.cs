using Huoma.Domain.Statistics;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Statistics.Reports;

/// <param name="From">When the first hour of the range begins.</param>
/// <param name="To">When the hour after the last begins.</param>
/// <param name="TimeZone">Whose days and hours these are.</param>
/// <param name="At">When this was read.</param>
/// <param name="Totals">The sum of the series.</param>
[SchemaExample("""
    { "from": "2026-11-21T16:00:00.000Z", "to": "2026-11-22T16:00:00.000Z", "by": "day", "timeZone": "Asia/Shanghai", "at": "2026-11-22T04:00:00.000Z",
      "series": [ { "at": "2026-11-21T16:00:00.000Z", "scans": 12, "visitors": 11, "newVisitors": 8, "returningVisitors": 3, "presses": 9, "pressVisitors": 8,
        "joins": 0, "devices": { "ios": 5, "android": 6, "weCom": 0, "other": 1 } } ],
      "totals": { "scans": 12, "visitors": 11, "newVisitors": 8, "returningVisitors": 3, "presses": 9, "pressVisitors": 8,
        "joins": 0, "devices": { "ios": 5, "android": 6, "weCom": 0, "other": 1 } }, "previous": null }
    """)]
internal sealed record StatisticsResponse(
    DateTimeOffset From,
    DateTimeOffset To,
    StatisticsBy By,
    string TimeZone,
    DateTimeOffset At,
    IReadOnlyList<StatisticsPoint> Series,
    StatisticsTotals Totals,
    PreviousPeriod? Previous);

/// <summary>The same figures of as many days right before.</summary>
internal sealed record PreviousPeriod(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<StatisticsPoint> Series, StatisticsTotals Totals);

/// <summary>An hour or a day of a series. People are distinct within a local day and stand in the hour of their first scan or press of that day.</summary>
/// <param name="Joins">Who joined a group of the code for the first time. Known only of groups robots keep, and not by channel: there it is 0.</param>
internal sealed record StatisticsPoint(
    DateTimeOffset At,
    long Scans,
    long Visitors,
    long NewVisitors,
    long ReturningVisitors,
    long Presses,
    long PressVisitors,
    long Joins,
    DevicesResponse Devices)
{
    public static StatisticsPoint Of(SeriesPoint<VisitFigures> point) => new(
        point.At,
        point.Figures.Scans,
        point.Figures.Visitors,
        point.Figures.NewVisitors,
        point.Figures.ReturningVisitors,
        point.Figures.Presses,
        point.Figures.PressVisitors,
        point.Figures.Joins,
        DevicesResponse.Of(point.Figures));
}

/// <summary>Sums over a range. Who came on two days counts twice among the people: they are distinct within a day.</summary>
internal sealed record StatisticsTotals(
    long Scans, long Visitors, long NewVisitors, long ReturningVisitors, long Presses, long PressVisitors, long Joins, DevicesResponse Devices)
{
    public static StatisticsTotals Of(VisitFigures sum) => new(
        sum.Scans, sum.Visitors, sum.NewVisitors, sum.ReturningVisitors, sum.Presses, sum.PressVisitors, sum.Joins, DevicesResponse.Of(sum));
}

/// <summary>Scans by device.</summary>
internal sealed record DevicesResponse(long Ios, long Android, long WeCom, long Other)
{
    public static DevicesResponse Of(VisitFigures figures) => new(
        figures.Devices.Ios, figures.Devices.Android, figures.Devices.WeCom, figures.Devices.OtherOf(figures.Scans));
}

/// <summary>A code's entrances; the first to be drawn have a series.</summary>
internal sealed record ChannelStatisticsResponse(
    DateTimeOffset From, DateTimeOffset To, StatisticsBy By, string TimeZone, DateTimeOffset At, IReadOnlyList<EntranceStatistics> Items);

/// <param name="Id"><c>own</c>, the channel's id, or <c>from-</c> and the id of the code that hands its visitors over.</param>
/// <param name="Name">Of the channel, or of the code that hands over; null: the code's own QR.</param>
/// <param name="Series">Null: not among those asked for.</param>
internal sealed record EntranceStatistics(
    string Id, EntranceKind Kind, string? Name, bool IsArchived, StatisticsTotals Totals, IReadOnlyList<StatisticsPoint>? Series);

/// <summary>A code's slots and their rounds; the first to be drawn have a series.</summary>
internal sealed record SlotStatisticsResponse(
    DateTimeOffset From, DateTimeOffset To, StatisticsBy By, string TimeZone, DateTimeOffset At, IReadOnlyList<RoundStatistics> Items);

/// <param name="Round">Counted from 1: a new group in the slot's place begins the next.</param>
/// <param name="Series">Null: not among the first ten.</param>
internal sealed record RoundStatistics(
    SlotId SlotId, string Name, int Round, bool IsCurrent, bool IsDeleted, SlotTotalsResponse Totals, IReadOnlyList<SlotPoint>? Series);

/// <summary>People are distinct within a local day.</summary>
internal sealed record SlotTotalsResponse(long Shows, long Visitors, long Presses, long PressVisitors)
{
    public static SlotTotalsResponse Of(SlotFigures sum) => new(sum.Shows, sum.Shown, sum.Presses, sum.PressVisitors);
}

internal sealed record SlotPoint(DateTimeOffset At, long Shows, long Visitors, long Presses, long PressVisitors)
{
    public static SlotPoint Of(SeriesPoint<SlotFigures> point) =>
        new(point.At, point.Figures.Shows, point.Figures.Shown, point.Figures.Presses, point.Figures.PressVisitors);
}
