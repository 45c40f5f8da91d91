using System.Data.Common;
using Dapper;
using Huoma.Domain.Visits;

namespace Huoma.Server.Statistics.Counting;

/// <summary>How far totals go: every tenant's hours and every code's days that begin before these instants.</summary>
internal readonly record struct SummedUp(DateTimeOffset Hours, DateTimeOffset Days)
{
    /// <summary>What both say.</summary>
    public static SummedUp Min(SummedUp one, SummedUp other) =>
        new(one.Hours < other.Hours ? one.Hours : other.Hours, one.Days < other.Days ? one.Days : other.Days);
}

/// <summary>
/// Says how far totals have been summed up (ADR 0014, 0015), and how far they may be at this moment: what is younger comes from <c>visit_counts</c>,
/// so that visits of a batch that was long on its way, or of a process whose clock is behind, are there at once.
/// </summary>
internal sealed class RollUps(TimeProvider time, Calendar calendar)
{
    private const string HoursName = "tenant-hours";
    private const string AgainName = "again";
    private const string DaysPrefix = "code-days ";

    /// <summary>Hours of all codes are many rows, and the overview asks for them every few seconds.</summary>
    private static readonly TimeSpan HourPatience = TimeSpan.FromHours(2);

    private static readonly TimeSpan DayPatience = TimeSpan.FromDays(1);

    /// <summary>Days are those of a zone: with another, none is summed up.</summary>
    private string DaysName => DaysPrefix + calendar.Zone.Id;

    /// <summary>What is over, and may be summed up.</summary>
    public SummedUp Over()
    {
        var now = time.GetUtcNow();
        return new SummedUp(calendar.At(now - HourPatience).Hour, calendar.StartOfDay(now - DayPatience));
    }

    /// <summary>What has been summed up; the beginning of time: nothing. What is not over is none of it: the clock was ahead.</summary>
    public async Task<SummedUp> ReadAsync(DbConnection connection, CancellationToken ct) => SummedUp.Min(await StoredAsync(connection, transaction: null, ct), Over());

    /// <summary>The instant before which all was summed up again in this round of doing so.</summary>
    public static async Task<DateTimeOffset> AgainAsync(DbConnection connection, CancellationToken ct) => At(await MarksAsync(connection, transaction: null, ct), AgainName);

    public static Task WriteAgainAsync(DbConnection connection, DateTimeOffset until, CancellationToken ct) =>
        WriteAsync(connection, transaction: null, AgainName, until, ct);

    public async Task WriteAsync(DbConnection connection, DbTransaction transaction, SummedUp until, CancellationToken ct)
    {
        await WriteAsync(connection, transaction, HoursName, until.Hours, ct);
        await WriteAsync(connection, transaction, DaysName, until.Days, ct);
    }

    /// <summary>Takes back what was said of hours that are yet to come: they will be counted, and are summed up when they are over.</summary>
    public async Task TakeBackAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        var stored = await StoredAsync(connection, transaction, ct);
        if (SummedUp.Min(stored, Over()) is var until && until != stored)
        {
            await WriteAsync(connection, transaction, until, ct);
        }
    }

    /// <summary>Forgets how far the days of another zone went; true: it did.</summary>
    public async Task<bool> ForgetOtherZonesAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        const string sql = "DELETE FROM roll_ups WHERE name LIKE @AnyZone AND name <> @DaysName";
        return await connection.ExecuteAsync(new CommandDefinition(sql, new { AnyZone = DaysPrefix + "%", DaysName }, transaction, cancellationToken: ct)) > 0;
    }

    private async Task<SummedUp> StoredAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        var marks = await MarksAsync(connection, transaction, ct);
        return new SummedUp(At(marks, HoursName), At(marks, DaysName));
    }

    private static DateTimeOffset At(Dictionary<string, long> marks, string name) => DateTimeOffset.FromUnixTimeMilliseconds(marks.GetValueOrDefault(name));

    private static async Task<Dictionary<string, long>> MarksAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        const string sql = "SELECT name AS Name, until AS Until FROM roll_ups";
        var rows = await connection.QueryAsync<Mark>(new CommandDefinition(sql, transaction: transaction, cancellationToken: ct));
        return rows.ToDictionary(row => row.Name, row => row.Until, StringComparer.Ordinal);
    }

    private static Task<int> WriteAsync(DbConnection connection, DbTransaction? transaction, string name, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = "INSERT INTO roll_ups (name, until) VALUES (@name, @until) ON CONFLICT (name) DO UPDATE SET until = excluded.until";
        return connection.ExecuteAsync(new CommandDefinition(sql, new { name, until = at.ToUnixTimeMilliseconds() }, transaction, cancellationToken: ct));
    }

    private sealed record Mark
    {
        public string Name { get; init; } = "";

        public long Until { get; init; }
    }
}
