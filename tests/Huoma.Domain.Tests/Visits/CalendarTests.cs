using System.Globalization;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Domain.Tests.Visits;

/// <summary>Where a local day begins, when clocks are changed at midnight.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData("Asia/Shanghai", "2026-11-22", "2026-11-21T16:00Z")]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00Z")] // back from one o'clock: midnight comes twice
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00Z")] // forward at midnight, which is left out
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00Z")]
    [InlineData("Asia/Beirut", "2026-10-25", "2026-10-24T22:00Z")] // back at midnight: the day before has eleven o'clock twice
    public void StartOfDay_IsItsFirstInstant(string zone, string day, string expected)
    {
        var calendar = new Calendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var (start, on) = (Instant(expected), DateOnly.Parse(day, CultureInfo.InvariantCulture));

        calendar.StartOf(on).ShouldBe(start);
        calendar.StartOfDay(start).ShouldBe(start);
        calendar.StartOfDay(start.AddMinutes(30)).ShouldBe(start);
        calendar.StartOfDay(start.AddMinutes(90)).ShouldBe(start);
        calendar.DayOf(start).ShouldBe(on);
        calendar.DayOf(start.AddTicks(-1)).ShouldBe(on.AddDays(-1));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
