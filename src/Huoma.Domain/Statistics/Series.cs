using System.Numerics;

namespace Huoma.Domain.Statistics;

/// <summary>One hour or day of a series.</summary>
public readonly record struct SeriesPoint<T>(DateTimeOffset At, T Figures);

/// <summary>Figures over time: one for each hour or day of the range, nothing where nothing was counted.</summary>
public static class Series
{
    /// <param name="buckets">When each begins, in their order (<see cref="StatisticsRange.Buckets"/>).</param>
    /// <param name="hours">What was counted in local hours, in any order; none before the first bucket.</param>
    public static IReadOnlyList<SeriesPoint<T>> Of<T>(IReadOnlyList<DateTimeOffset> buckets, IEnumerable<SeriesPoint<T>> hours)
        where T : struct, IAdditionOperators<T, T, T>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        ArgumentNullException.ThrowIfNull(hours);
        var begins = buckets.ToArray();
        var sums = new T[begins.Length];
        foreach (var (at, figures) in hours)
        {
            var found = Array.BinarySearch(begins, at);
            sums[found >= 0 ? found : ~found - 1] += figures;
        }

        return [.. begins.Zip(sums, (at, sum) => new SeriesPoint<T>(at, sum))];
    }

    public static T Total<T>(IEnumerable<SeriesPoint<T>> series)
        where T : struct, IAdditionOperators<T, T, T>
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Aggregate(default(T), (sum, point) => sum + point.Figures);
    }
}
