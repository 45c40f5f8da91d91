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

    /// <summary>The local day on which an instant lies.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDayNumber(At(at).Day);

    /// <summary>The instant the local day of <paramref name="now"/> began.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset now) => StartOf(DayOf(now));

    /// <summary>The first instant of a local day. Where clocks go back over midnight it comes twice, and the first counts.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        // Of what its clock may have been ahead of UTC, the more comes earlier; a midnight that is left out has only one.
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var (then, before) = (Zone.GetUtcOffset(midnight), Zone.GetUtcOffset(midnight.AddHours(-12)));
        var (more, less) = then > before ? (then, before) : (before, then);
        var earlier = new DateTimeOffset(midnight, more).ToUniversalTime();
        return DayOf(earlier) == day ? earlier : new DateTimeOffset(midnight, less).ToUniversalTime();
    }
}
