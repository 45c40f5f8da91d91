namespace Huoma.Domain.Visits;

/// <summary>When something happened, with the local day and hour it is counted under.</summary>
/// <param name="Day">Days since 0001-01-01 in the system's time zone.</param>
/// <param name="Hour">The instant the local hour began.</param>
public readonly record struct Moment(DateTimeOffset Now, int Day, DateTimeOffset Hour);

/// <summary>Says where a day and an hour begin (D1: Asia/Shanghai unless configured).</summary>
public sealed class Calendar(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone { get; } = zone;

    public Moment At(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var hour = new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, local.Offset);
        return new Moment(now, DateOnly.FromDateTime(local.DateTime).DayNumber, hour.ToUniversalTime());
    }

    /// <summary>The instant the local day of <paramref name="now"/> began.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset now) => StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).Date));

    /// <summary>The instant a local day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
