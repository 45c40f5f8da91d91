using Huoma.Domain.Visits;

namespace Huoma.Domain.Statistics;

/// <summary>How finely a series is drawn: a figure a local hour or a local day.</summary>
public enum StatisticsBy
{
    Hour = 1,
    Day = 2,
}

/// <summary>A range that moves along with today.</summary>
public enum RangePreset
{
    Today = 1,
    Yesterday = 2,
    SevenDays = 3,
    ThirtyDays = 4,
}

/// <summary>One end of a range as it was asked for: a whole local day, or an instant.</summary>
public abstract record RangeEnd
{
    private RangeEnd()
    {
    }

    /// <summary>A local day, which belongs to the range as a whole at either end.</summary>
    public sealed record Day(DateOnly On) : RangeEnd;

    /// <summary>An instant: the first that belongs to the range, or the first that does not. It widens to its whole local hour.</summary>
    public sealed record Instant(DateTimeOffset At) : RangeEnd;
}

/// <summary>The local hours a statistic is about: from the beginning of one to the beginning of another, which is left out.</summary>
/// <param name="From">The instant the first local hour begins.</param>
/// <param name="To">The instant the local hour after the last begins.</param>
public sealed record StatisticsRange(DateTimeOffset From, DateTimeOffset To, StatisticsBy By)
{
    public const int MaxYears = 2;
    public const int MaxDaysByHour = 31;
    public const int DefaultDays = 7;

    /// <summary>A range of this many days is drawn by hour, unless asked for otherwise.</summary>
    public const int DaysDrawnByHour = 2;

    // Offsets from UTC are multiples of a quarter of an hour, and so is what summer time adds.
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>今日, 昨日, 近7天, 近30天: the latter two with today.</summary>
    public static StatisticsRange Of(RangePreset preset, StatisticsBy? by, DateTimeOffset now, Calendar calendar)
    {
        var today = calendar.DayOf(now);
        var (back, days) = preset switch
        {
            RangePreset.Today => (0, 1),
            RangePreset.Yesterday => (1, 1),
            RangePreset.SevenDays => (0, 7),
            _ => (0, 30),
        };
        var last = today.AddDays(-back);
        return Of(new RangeEnd.Day(last.AddDays(1 - days)), new RangeEnd.Day(last), by, now, calendar);
    }

    /// <summary>What is not said: up to today, seven days, by hour when they are few.</summary>
    public static StatisticsRange Of(RangeEnd? from, RangeEnd? to, StatisticsBy? by, DateTimeOffset now, Calendar calendar)
    {
        to ??= new RangeEnd.Day(calendar.DayOf(now));
        from ??= new RangeEnd.Day(LastDay(to, calendar).AddDays(1 - DefaultDays));
        var first = from is RangeEnd.Day day ? calendar.StartOf(day.On) : HourAt(((RangeEnd.Instant)from).At, calendar);
        var end = to is RangeEnd.Day last ? calendar.StartOf(last.On.AddDays(1)) : HourAfter(((RangeEnd.Instant)to).At, calendar);
        var isShort = end <= calendar.StartOf(calendar.DayOf(first).AddDays(DaysDrawnByHour));
        return new StatisticsRange(first, end, by ?? (isShort ? StatisticsBy.Hour : StatisticsBy.Day));
    }

    /// <summary>Why nobody gets this range; null: he gets it.</summary>
    public Refusal? Refuse(Calendar calendar)
    {
        if (From >= To)
        {
            return new Refusal("stats.range-reversed", "结束时间早于开始时间，请调换", "to");
        }

        var first = calendar.DayOf(From);
        if (To > calendar.StartOf(first.AddYears(MaxYears)))
        {
            return new Refusal("stats.range-too-long", $"一次最多查看 {MaxYears} 年，请缩短时间范围", "from");
        }

        return By == StatisticsBy.Hour && To > calendar.StartOf(first.AddDays(MaxDaysByHour))
            ? new Refusal("stats.hours-too-long", $"按小时最多查看 {MaxDaysByHour} 天，请缩短时间范围或改为按天", "by")
            : null;
    }

    /// <summary>As many days right before; a range that is not of whole days goes back by its length.</summary>
    public StatisticsRange Before(Calendar calendar)
    {
        var first = calendar.DayOf(From);
        var end = calendar.DayOf(To);
        if (From == calendar.StartOf(first) && To == calendar.StartOf(end))
        {
            return this with { From = calendar.StartOf(first.AddDays(first.DayNumber - end.DayNumber)), To = From };
        }

        return this with { From = HourAt(From - (To - From), calendar), To = From };
    }

    /// <summary>
    /// The days that lie in the range as a whole and begin before <paramref name="until"/>: when the first begins, and when the last is over.
    /// The same instant twice: there are none, or the range is drawn by hour.
    /// </summary>
    public (DateTimeOffset From, DateTimeOffset To) WholeDays(DateTimeOffset until, Calendar calendar)
    {
        var from = calendar.StartOfDay(From);
        from = from == From ? from : calendar.StartOf(calendar.DayOf(From).AddDays(1));
        var to = calendar.StartOfDay(To < until ? To : until);
        return By == StatisticsBy.Day && from < to ? (from, to) : (From, From);
    }

    /// <summary>When each hour or day of the range begins, none left out: a day of summer time has 23 hours or 25.</summary>
    public IReadOnlyList<DateTimeOffset> Buckets(Calendar calendar) => By == StatisticsBy.Day ? DayBuckets(calendar) : HourBuckets(calendar);

    private List<DateTimeOffset> DayBuckets(Calendar calendar)
    {
        List<DateTimeOffset> buckets = [];
        for (var day = calendar.DayOf(From); calendar.StartOf(day) < To; day = day.AddDays(1))
        {
            buckets.Add(calendar.StartOf(day));
        }

        return buckets;
    }

    // An hour's name comes from the calendar, as the visits are counted: where clocks move by half an hour it is no multiple of an hour.
    private List<DateTimeOffset> HourBuckets(Calendar calendar)
    {
        List<DateTimeOffset> buckets = [From];
        for (var at = From; at < To; at += Quarter)
        {
            if (calendar.At(at).Hour is var hour && hour > buckets[^1])
            {
                buckets.Add(hour);
            }
        }

        return buckets;
    }

    private static DateOnly LastDay(RangeEnd to, Calendar calendar) => to is RangeEnd.Day day ? day.On : calendar.DayOf(((RangeEnd.Instant)to).At.AddTicks(-1));

    private static DateTimeOffset HourAt(DateTimeOffset at, Calendar calendar) => calendar.At(at).Hour;

    private static DateTimeOffset HourAfter(DateTimeOffset at, Calendar calendar)
    {
        var hour = calendar.At(at).Hour;
        if (hour == at)
        {
            return hour;
        }

        var next = at;
        do
        {
            next += Quarter;
        }
        while (calendar.At(next).Hour == hour);

        return calendar.At(next).Hour;
    }
}
