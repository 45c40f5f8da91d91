using Huoma.Domain.Visits;

namespace Huoma.Domain.Statistics;

/// <summary>Where a local day begins, and on which day an instant lies.</summary>
public sealed class LocalDays(Calendar calendar)
{
    public DateOnly Of(DateTimeOffset at) => DateOnly.FromDayNumber(calendar.At(at).Day);

    /// <summary>The first instant of the day. Where clocks go back over midnight it comes twice, and the first counts.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        // Of what its clock may have been ahead of UTC, the more comes earlier; a midnight that is left out has only one.
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var (then, before) = (calendar.Zone.GetUtcOffset(midnight), calendar.Zone.GetUtcOffset(midnight.AddHours(-12)));
        var (more, less) = then > before ? (then, before) : (before, then);
        var earlier = new DateTimeOffset(midnight, more).ToUniversalTime();
        return Of(earlier) == day ? earlier : new DateTimeOffset(midnight, less).ToUniversalTime();
    }
}
