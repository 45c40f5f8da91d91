using Huoma.Domain.Notices;
using Huoma.Domain.Statistics;
using Huoma.Domain.Visits;
using Huoma.Server.Notices.Watch;
using Huoma.Server.Platform.Http;
using Huoma.Server.Statistics.Counting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Statistics;

/// <summary>The console's first page: today's and all figures, today against yesterday, and what needs looking after.</summary>
internal static class ShowOverview
{
    // More than anybody reads; the most urgent come first.
    private const int MaxWarnings = 100;

    [SchemaExample("""
        { "today": { "scans": 12, "visitors": 11, "presses": 9, "pressVisitors": 8, "joins": 0 }, "yesterday": { "scans": 20, "visitors": 18, "presses": 15, "pressVisitors": 13, "joins": 0 },
          "total": { "scans": 330, "visitors": 297, "presses": 251, "pressVisitors": 227, "joins": 0 }, "codes": { "total": 2, "on": 1 },
          "trend": { "today": [ { "at": "2026-11-21T16:00:00.000Z", "scans": 12, "visitors": 11, "presses": 9, "pressVisitors": 8, "joins": 0 } ],
            "yesterday": [ { "at": "2026-11-20T16:00:00.000Z", "scans": 20, "visitors": 18, "presses": 15, "pressVisitors": 13, "joins": 0 } ] },
          "warnings": [ { "kind": "slot-expiring", "codeId": "2Qk9Zx7Lm0B", "codeName": "双十一读书会", "slotId": "5Vd1Rt8Ys3K", "slotName": "一群",
            "expiresAt": "2026-11-23T04:00:00.000Z", "placesLeft": null } ],
          "alerts": [ { "kind": "robot-offline", "about": "robot", "name": "一号机", "robotId": "4Fh7Jk2Mn8P", "codeId": null, "groupName": null, "groupsLeft": null,
            "since": "2026-11-22T03:00:00.000Z" } ],
          "groupsLeft": 0, "at": "2026-11-22T04:00:00.000Z", "timeZone": "Asia/Shanghai" }
        """)]
    public sealed record Response(
        Counts Today,
        Counts Yesterday,
        Counts Total,
        DayTrend Trend,
        CodeCounts Codes,
        IReadOnlyList<Warning> Warnings,
        IReadOnlyList<Alert> Alerts,
        int GroupsLeft,
        DateTimeOffset At,
        string TimeZone);

    public sealed record Counts(long Scans, long Visitors, long Presses, long PressVisitors, long Joins)
    {
        public static Counts Of(VisitFigures sum) => new(sum.Scans, sum.Visitors, sum.Presses, sum.PressVisitors, sum.Joins);
    }

    /// <summary>Every hour of the two days, also those that are still to come.</summary>
    public sealed record DayTrend(IReadOnlyList<HourCounts> Today, IReadOnlyList<HourCounts> Yesterday);

    public sealed record HourCounts(DateTimeOffset At, long Scans, long Visitors, long Presses, long PressVisitors, long Joins)
    {
        public static HourCounts Of(SeriesPoint<VisitFigures> hour) =>
            new(hour.At, hour.Figures.Scans, hour.Figures.Visitors, hour.Figures.Presses, hour.Figures.PressVisitors, hour.Figures.Joins);
    }

    public sealed record CodeCounts(int Total, int On);

    public sealed record Warning(
        WarningKind Kind, LiveCodeId CodeId, string CodeName, SlotId? SlotId, string? SlotName, DateTimeOffset? ExpiresAt, long? PlacesLeft);

    /// <summary>Something about robots, their groups or the balance, as long as it lasts.</summary>
    /// <param name="Name">Of the robot or the code; empty when it is about neither.</param>
    public sealed record Alert(
        NoticeKind Kind, NoticeAbout About, string Name, RobotId? RobotId, LiveCodeId? CodeId, string? GroupName, long? GroupsLeft, DateTimeOffset Since)
    {
        public static Alert Of(Trouble trouble) => new(
            trouble.Kind, NoticeKinds.AboutOf(trouble.Kind), trouble.Name, trouble.RobotId, trouble.LiveCodeId, trouble.GroupName, trouble.GroupsLeft, trouble.Since);
    }

    public static async Task<Ok<Response>> Handle(
        OverviewQueries queries, TenantHourQueries tenantHours, JoinQueries joins, TroubleQueries troubles, CurrentTenant tenant, TimeProvider time, Calendar calendar,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var day = new RangeEnd.Day(calendar.DayOf(now));
        var today = StatisticsRange.Of(day, day, StatisticsBy.Hour, now, calendar);
        var yesterday = today.Before(calendar);
        List<SeriesPoint<VisitFigures>> hours =
            [.. await tenantHours.HoursAsync(yesterday.From, today.To, ct), .. await joins.QuartersAsync(id: null, yesterday.From, today.To, ct)];
        var todays = Series.Of(today.Buckets(calendar), hours.Where(hour => hour.At >= today.From));
        var yesterdays = Series.Of(yesterday.Buckets(calendar), hours.Where(hour => hour.At < today.From));
        var totals = await tenantHours.TotalsAsync(ct);
        var codesOn = await queries.CodesOnAsync(now, ct);
        var warnings = codesOn.SelectMany(code => WarningsOf(code, now)).OrderBy(warning => warning.Kind).ThenBy(warning => warning.ExpiresAt).Take(MaxWarnings);
        return TypedResults.Ok(new Response(
            Counts.Of(Series.Total(todays)),
            Counts.Of(Series.Total(yesterdays)),
            new Counts(totals.Scans, totals.Visitors, totals.Presses, totals.PressVisitors, await joins.TotalAsync(ct)),
            new DayTrend([.. todays.Select(HourCounts.Of)], [.. yesterdays.Select(HourCounts.Of)]),
            new CodeCounts(await queries.CountCodesAsync(ct), codesOn.Count),
            [.. warnings],
            [.. (await troubles.AllAsync(tenant.Id, now, ct)).OrderBy(trouble => trouble.Since).Take(MaxWarnings).Select(Alert.Of)],
            await queries.GroupsLeftAsync(ct),
            now,
            calendar.Zone.Id));
    }

    private static IEnumerable<Warning> WarningsOf(WatchedCode code, DateTimeOffset now) =>
        from warning in LiveCodeWarnings.Of(Domain.LiveCodes.LiveCodeStatus.On, code.Slots, now, code.WhenUsedUp)
        let slot = warning.Slot
        select new Warning(
            warning.Kind, code.Id, code.Name, slot?.Id, slot is null ? null : code.SlotNames[slot.Id], slot?.ExpiresAt, warning.PlacesLeft);
}
