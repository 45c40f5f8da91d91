using System.Globalization;
using Huoma.Domain.Statistics;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Server.Statistics;

/// <summary>What is asked of a statistic: which hours, and how finely.</summary>
/// <param name="Range">Days that move along with today; instead of <c>from</c> and <c>to</c>.</param>
/// <param name="From">A local day, <c>2026-11-22</c>, or an instant, <c>2026-11-22T04:00:00Z</c>, widened to its local hour. Default: six days before <c>to</c>.</param>
/// <param name="To">A local day, which belongs to the range, or the instant the range ends before. Default: today.</param>
/// <param name="By">Default: by hour up to two days, else by day.</param>
internal readonly record struct StatisticsFilter(Choice<RangePreset>? Range, string? From, string? To, Choice<StatisticsBy>? By);

/// <summary>Turns what is asked into a range of the system's local hours.</summary>
internal sealed class StatisticsQuestion(TimeProvider time, Calendar calendar)
{
    private const int MinYear = 2000;
    private const int MaxYear = 2100;

    /// <summary>What is wrong with the question; null: nothing, and the range is good.</summary>
    /// <param name="errors">What was found wrong with the rest of it.</param>
    public ProblemHttpResult? Read(StatisticsFilter filter, FieldErrors errors, out StatisticsRange range)
    {
        errors.Known("by", filter.By);
        var from = ReadEnd("from", filter.From, errors);
        var to = ReadEnd("to", filter.To, errors);
        errors.Known("range", filter.Range);
        if (filter.Range?.Value is not null && (from ?? to) is not null)
        {
            errors.Add("range", "请只填写 range，或只填写 from 和 to");
        }

        var now = time.GetUtcNow();
        range = filter.Range?.Value is { } preset
            ? StatisticsRange.Of(preset, filter.By?.Value, now, calendar)
            : StatisticsRange.Of(from, to, filter.By?.Value, now, calendar);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        return range.Refuse(calendar) is { } refusal
            ? Problems.Create(StatusCodes.Status400BadRequest, refusal.Code, refusal.Message, Fields(refusal.Field ?? "from", refusal.Message))
            : null;
    }

    private static Dictionary<string, string[]> Fields(string field, string message) => new(StringComparer.Ordinal) { [field] = [message] };

    private static RangeEnd? ReadEnd(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // Nothing was counted before, and nothing will be after.
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= MinYear and <= MaxYear)
        {
            return new RangeEnd.Day(day);
        }

        if (text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.UtcDateTime.Year is >= MinYear and <= MaxYear)
        {
            return new RangeEnd.Instant(at);
        }

        errors.Add(field, "请填写日期，例如 2026-11-22");
        return null;
    }
}
