using System.Data.Common;
using Huoma.Domain.Visits;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Statistics.Counting;

/// <summary>
/// Sums up every tenant's closed hours and every code's closed days, so that figures over all codes, and over long ranges, read few rows. Each
/// time the last day is summed up again, for what came late, and a piece of the past: a process whose clock was days behind counted there.
/// </summary>
internal sealed class SumUpHours(Database database, RollUps rollUps, Calendar calendar) : IScheduledJob
{
    /// <summary>So many runs go once through all of the past.</summary>
    public const int Pieces = 100;

    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        if (await TenantHourStore.FirstHourAsync(connection, ct) is not { } first)
        {
            return JobResult.Of();
        }

        await TidyUpAsync(connection, ct);
        var (over, done) = (rollUps.Over(), await rollUps.ReadAsync(connection, ct));
        var begin = calendar.DayOf(Max(first, Min(done.Hours - Again, done.Days)));
        var days = 0L;
        for (var day = begin; calendar.StartOf(day) < over.Hours; day = day.AddDays(1))
        {
            var (until, wrote) = await SumUpDayAsync(connection, day, over, done, ct);
            done = until;
            days += wrote ? 1 : 0;
        }

        days += await SumUpPieceAsync(connection, calendar.DayOf(first), begin, over, done, ct);
        return JobResult.Of(("days", days));
    }

    /// <summary>Forgets what does not hold: days of another zone, and hours that are not over, for a clock was ahead.</summary>
    private async Task TidyUpAsync(DbConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await rollUps.TakeBackAsync(connection, transaction, ct);
        if (await rollUps.ForgetOtherZonesAsync(connection, transaction, ct))
        {
            await CodeDayStore.ClearAsync(connection, transaction, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <returns>How far the totals now go, and whether any was written.</returns>
    private async Task<(SummedUp Until, bool Wrote)> SumUpDayAsync(DbConnection connection, DateOnly day, SummedUp over, SummedUp done, CancellationToken ct)
    {
        var (start, end) = (calendar.StartOf(day), calendar.StartOf(day.AddDays(1)));
        var hours = await TenantHourStore.ChangesAsync(connection, start, Min(end, over.Hours), ct);
        var days = end <= over.Days && await CodeDayStore.DiffersAsync(connection, start, end, ct);
        var until = new SummedUp(Max(done.Hours, Min(end, over.Hours)), Max(done.Days, Min(end, over.Days)));
        if (hours.Count == 0 && !days && until == done)
        {
            return (done, false);
        }

        // All was read before: on SQLite the visitors' writer waits only while the few sums are written.
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await TenantHourStore.WriteAsync(connection, transaction, hours, ct);
        if (days)
        {
            await CodeDayStore.SumUpAsync(connection, transaction, start, end, ct);
        }

        await rollUps.WriteAsync(connection, transaction, until, ct);
        await transaction.CommitAsync(ct);
        return (until, true);
    }

    /// <param name="end">From here on all was just summed up.</param>
    /// <returns>How many days were not as they had been summed up.</returns>
    private async Task<int> SumUpPieceAsync(DbConnection connection, DateOnly first, DateOnly end, SummedUp over, SummedUp done, CancellationToken ct)
    {
        var day = calendar.DayOf(await RollUps.AgainAsync(connection, ct));
        day = day < first || day >= end ? first : day;
        var wrong = 0;
        for (var left = 1 + ((end.DayNumber - first.DayNumber) / Pieces); left > 0 && day < end; left--)
        {
            wrong += (await SumUpDayAsync(connection, day, over, done, ct)).Wrote ? 1 : 0;
            day = day.AddDays(1);
        }

        await RollUps.WriteAgainAsync(connection, calendar.StartOf(day), ct);
        return wrong;
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
