using Huoma.Domain.Statistics;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Sums of an hour, as the queries read them.</summary>
internal sealed record HourRow
{
    /// <summary>Read only where rows are told apart by it.</summary>
    public long Entrance { get; init; }

    public long Hour { get; init; }

    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long NewVisitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }

    public long Ios { get; init; }

    public long Android { get; init; }

    public long WeCom { get; init; }

    public SeriesPoint<VisitFigures> ToPoint() => new(
        DateTimeOffset.FromUnixTimeMilliseconds(Hour), new VisitFigures(Scans, Visitors, NewVisitors, Presses, PressVisitors, new DeviceScans(Ios, Android, WeCom)));
}
