using System.Globalization;
using Huoma.Domain.Statistics;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Domain.Tests.Statistics;

/// <summary>Which hours and days a range has, in zones with summer time, half hours and midnights that come twice.</summary>
public sealed class StatisticsRangeTests
{
    private static readonly DateTimeOffset Now = Instant("2026-11-22T04:20:00Z");

    [Fact]
    public void Of_IsTheLastSevenDaysByDay_WhenNothingIsSaid()
    {
        var range = StatisticsRange.Of(from: null, to: null, by: null, Now, In("Asia/Shanghai"));

        range.ShouldBe(new StatisticsRange(Instant("2026-11-15T16:00Z"), Instant("2026-11-22T16:00Z"), StatisticsBy.Day));
        range.Refuse(In("Asia/Shanghai")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-22", StatisticsBy.Hour, 24)]
    [InlineData("2026-11-21", "2026-11-22", StatisticsBy.Hour, 48)]
    [InlineData("2026-11-20", "2026-11-22", StatisticsBy.Day, 3)]
    public void Of_DrawsFewDaysByHour(string from, string to, StatisticsBy by, int buckets)
    {
        var range = StatisticsRange.Of(Day(from), Day(to), by: null, Now, In("Asia/Shanghai"));

        range.By.ShouldBe(by);
        range.Buckets(In("Asia/Shanghai")).Count.ShouldBe(buckets);
    }

    [Fact]
    public void Of_WidensInstantsToTheirHours()
    {
        var range = StatisticsRange.Of(
            new RangeEnd.Instant(Instant("2026-11-22T04:20Z")), new RangeEnd.Instant(Instant("2026-11-22T06:00:01Z")), by: null, Now, In("Asia/Kolkata"));

        // Kolkata is five and a half hours ahead: its hours begin at half past.
        range.ShouldBe(new StatisticsRange(Instant("2026-11-22T03:30Z"), Instant("2026-11-22T06:30Z"), StatisticsBy.Hour));
        range.Buckets(In("Asia/Kolkata")).ShouldBe([Instant("2026-11-22T03:30Z"), Instant("2026-11-22T04:30Z"), Instant("2026-11-22T05:30Z")]);
    }

    [Fact]
    public void Of_EndsWithTheHour_WhenTheInstantIsItsBeginning()
    {
        var range = StatisticsRange.Of(
            new RangeEnd.Instant(Instant("2026-11-22T04:00Z")), new RangeEnd.Instant(Instant("2026-11-22T05:00Z")), by: null, Now, In("Asia/Shanghai"));

        range.Buckets(In("Asia/Shanghai")).ShouldHaveSingleItem().ShouldBe(Instant("2026-11-22T04:00Z"));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 25)] // back by half an hour: the hour from half past one comes as one of its own
    [InlineData("Australia/Lord_Howe", "2026-10-04", 24)] // forward by half an hour: the second hour is a short one
    [InlineData("America/Havana", "2024-11-03", 25)] // midnight comes twice
    [InlineData("Africa/Cairo", "2026-04-24", 23)] // midnight is left out
    [InlineData("Asia/Kathmandu", "2026-11-22", 24)]
    public void Buckets_HaveEveryHourOfTheDay(string zone, string day, int hours)
    {
        var calendar = In(zone);
        var buckets = StatisticsRange.Of(Day(day), Day(day), StatisticsBy.Hour, Now, calendar).Buckets(calendar);

        buckets.Count.ShouldBe(hours);
        buckets.ShouldBe(buckets.Distinct().Order());
        buckets.ShouldAllBe(at => calendar.DayOf(at) == DateOnly.Parse(day, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Havana")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Shanghai")]
    public void Buckets_AreWhereVisitsAreCounted_AllYear(string zone)
    {
        var calendar = In(zone);
        var days = StatisticsRange.Of(Day("2024-01-01"), Day("2024-12-31"), StatisticsBy.Day, Now, calendar);
        var starts = days.Buckets(calendar);
        starts.Count.ShouldBe(366);
        starts.ShouldBe(starts.Distinct().Order());

        for (var at = days.From; at < days.To; at += TimeSpan.FromMinutes(7))
        {
            var moment = calendar.At(at);
            var local = calendar.DayOf(at);
            var index = local.DayOfYear - 1;
            moment.Hour.ShouldBeGreaterThanOrEqualTo(starts[index], at.ToString("u", CultureInfo.InvariantCulture));
            if (index + 1 < starts.Count)
            {
                moment.Hour.ShouldBeLessThan(starts[index + 1], at.ToString("u", CultureInfo.InvariantCulture));
            }
        }
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-22", null, "stats.range-reversed", "to")]
    [InlineData("2024-11-22", "2026-11-22", null, "stats.range-too-long", "from")]
    [InlineData("2024-11-23", "2026-11-22", null, null, null)]
    [InlineData("2026-10-22", "2026-11-22", StatisticsBy.Hour, "stats.hours-too-long", "by")]
    [InlineData("2026-10-23", "2026-11-22", StatisticsBy.Hour, null, null)]
    [InlineData("2024-02-29", "2026-02-27", null, null, null)]
    public void Refuse_NamesTheField(string from, string to, StatisticsBy? by, string? code, string? field)
    {
        var refusal = StatisticsRange.Of(Day(from), Day(to), by, Now, In("Asia/Shanghai")).Refuse(In("Asia/Shanghai"));

        (refusal?.Code, refusal?.Field).ShouldBe((code, field));
    }

    [Fact]
    public void Before_IsAsManyDays_OverSummerTime()
    {
        var calendar = In("America/New_York");
        var range = StatisticsRange.Of(Day("2026-03-08"), Day("2026-03-14"), by: null, Now, calendar);

        var before = range.Before(calendar);

        before.ShouldBe(StatisticsRange.Of(Day("2026-03-01"), Day("2026-03-07"), by: null, Now, calendar));
        before.Buckets(calendar).Count.ShouldBe(7);
    }

    [Fact]
    public void Before_IsAsLong_WhenTheRangeIsOfHours()
    {
        var calendar = In("Asia/Shanghai");
        var range = new StatisticsRange(Instant("2026-11-22T04:00Z"), Instant("2026-11-22T07:00Z"), StatisticsBy.Hour);

        range.Before(calendar).ShouldBe(range with { From = Instant("2026-11-22T01:00Z"), To = Instant("2026-11-22T04:00Z") });
    }

    [Theory]
    [InlineData("2026-11-19T16:00Z", "2026-11-22T16:00Z", "2026-11-22T16:00Z", "2026-11-19T16:00Z", "2026-11-22T16:00Z")]
    [InlineData("2026-11-19T16:00Z", "2026-11-22T16:00Z", "2026-11-21T20:00Z", "2026-11-19T16:00Z", "2026-11-21T16:00Z")] // a day that is half over is no whole one
    [InlineData("2026-11-19T18:00Z", "2026-11-22T15:00Z", "2026-11-30T16:00Z", "2026-11-20T16:00Z", "2026-11-21T16:00Z")] // the first and the last in part
    [InlineData("2026-11-19T18:00Z", "2026-11-19T22:00Z", "2026-11-30T16:00Z", "2026-11-19T18:00Z", "2026-11-19T18:00Z")] // hours of one day
    [InlineData("2026-11-19T16:00Z", "2026-11-22T16:00Z", "1970-01-01T00:00Z", "2026-11-19T16:00Z", "2026-11-19T16:00Z")] // none is summed up
    public void WholeDays_AreThoseThatLieInTheRange(string from, string to, string until, string daysFrom, string daysTo)
    {
        var range = new StatisticsRange(Instant(from), Instant(to), StatisticsBy.Day);

        range.WholeDays(Instant(until), In("Asia/Shanghai")).ShouldBe((Instant(daysFrom), Instant(daysTo)));
        (range with { By = StatisticsBy.Hour }).WholeDays(Instant(until), In("Asia/Shanghai")).ShouldBe((range.From, range.From));
    }

    [Fact]
    public void Series_FillsWithNothing_AndLosesNothing()
    {
        var calendar = In("Asia/Shanghai");
        var range = StatisticsRange.Of(Day("2026-11-20"), Day("2026-11-22"), StatisticsBy.Day, Now, calendar);
        VisitFigures one = new(Scans: 3, Visitors: 2, NewVisitors: 1, Presses: 1, PressVisitors: 1, new DeviceScans(1, 1, 0));

        // The last hour of one day, the first of the next.
        var series = Series.Of<VisitFigures>(
            range.Buckets(calendar),
            [new(Instant("2026-11-20T15:00Z"), one), new(Instant("2026-11-20T16:00Z"), one), new(Instant("2026-11-21T15:00Z"), one)]);

        series.Select(point => point.Figures.Scans).ShouldBe([3, 6, 0]);
        Series.Total(series).ShouldBe(one + one + one);
        (one.ReturningVisitors, one.Devices.OtherOf(one.Scans)).ShouldBe((1, 1));
    }

    private static Calendar In(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static RangeEnd.Day Day(string day) => new(DateOnly.Parse(day, CultureInfo.InvariantCulture));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
