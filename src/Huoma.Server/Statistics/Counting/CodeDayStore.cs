using System.Data.Common;
using Dapper;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Keeps the totals of every code's closed days, by entrance and by slot (ADR 0015). Summing a day again writes only what differs.</summary>
internal static class CodeDayStore
{
    // CROSS makes SQLite begin with the tenants, whose hours it finds by the index, and with the codes, whose days it finds by their key.
    private const string Entrances = """
        SELECT live_code_id, CAST(@Day AS bigint) AS day, channel_id, visit_counts.tenant_id,
            CAST(SUM(scans) AS bigint), CAST(SUM(new_visitors) AS bigint), CAST(SUM(day_visitors) AS bigint),
            CAST(SUM(presses) AS bigint), CAST(SUM(new_code_pressers) AS bigint), CAST(SUM(day_code_pressers) AS bigint),
            CAST(SUM(entrance_new_visitors) AS bigint), CAST(SUM(entrance_day_visitors) AS bigint),
            CAST(SUM(entrance_new_pressers) AS bigint), CAST(SUM(entrance_day_pressers) AS bigint),
            CAST(SUM(scans_ios) AS bigint), CAST(SUM(scans_android) AS bigint), CAST(SUM(scans_wecom) AS bigint)
        FROM tenants CROSS JOIN visit_counts
        WHERE visit_counts.tenant_id = tenants.id AND hour >= @Day AND hour < @Next
        GROUP BY live_code_id, channel_id, visit_counts.tenant_id
        EXCEPT
        SELECT live_code_id, day, channel_id, entrance_days.tenant_id, scans, new_visitors, day_visitors, presses, new_code_pressers, day_code_pressers,
            entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom
        FROM live_codes CROSS JOIN entrance_days
        WHERE live_code_id = live_codes.id AND day = @Day
        """;

    private const string Slots = """
        SELECT live_code_id, CAST(@Day AS bigint) AS day, slot_id, round, visit_counts.tenant_id,
            CAST(SUM(shows) AS bigint), CAST(SUM(new_shown) AS bigint), CAST(SUM(day_shown) AS bigint),
            CAST(SUM(presses) AS bigint), CAST(SUM(new_pressers) AS bigint), CAST(SUM(day_pressers) AS bigint)
        FROM tenants CROSS JOIN visit_counts
        WHERE visit_counts.tenant_id = tenants.id AND hour >= @Day AND hour < @Next
        GROUP BY live_code_id, slot_id, round, visit_counts.tenant_id
        EXCEPT
        SELECT live_code_id, day, slot_id, round, slot_days.tenant_id, shows, new_shown, day_shown, presses, new_pressers, day_pressers
        FROM live_codes CROSS JOIN slot_days
        WHERE live_code_id = live_codes.id AND day = @Day
        """;

    /// <summary>Whether the day's totals are not what the hours say. Only reads, for on SQLite who writes makes visitors wait.</summary>
    public static async Task<bool> DiffersAsync(DbConnection connection, DateTimeOffset day, DateTimeOffset next, CancellationToken ct)
    {
        const string sql = $"SELECT (SELECT COUNT(*) FROM ({Entrances}) AS entrances) + (SELECT COUNT(*) FROM ({Slots}) AS slots)";
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, Parameters(day, next), commandTimeout: 0, cancellationToken: ct)) > 0;
    }

    public static async Task SumUpAsync(DbConnection connection, DbTransaction transaction, DateTimeOffset day, DateTimeOffset next, CancellationToken ct)
    {
        // In one order, so that two processes never wait for each other. "WHERE true" keeps SQLite from reading ON as that of a join.
        const string entrances = $"""
            INSERT INTO entrance_days (live_code_id, day, channel_id, tenant_id, scans, new_visitors, day_visitors, presses, new_code_pressers, day_code_pressers,
                entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom)
            SELECT * FROM ({Entrances}) AS changed WHERE true ORDER BY live_code_id, channel_id
            ON CONFLICT (live_code_id, day, channel_id) DO UPDATE SET
                scans = excluded.scans, new_visitors = excluded.new_visitors, day_visitors = excluded.day_visitors,
                presses = excluded.presses, new_code_pressers = excluded.new_code_pressers, day_code_pressers = excluded.day_code_pressers,
                entrance_new_visitors = excluded.entrance_new_visitors, entrance_day_visitors = excluded.entrance_day_visitors,
                entrance_new_pressers = excluded.entrance_new_pressers, entrance_day_pressers = excluded.entrance_day_pressers,
                scans_ios = excluded.scans_ios, scans_android = excluded.scans_android, scans_wecom = excluded.scans_wecom
            """;
        const string slots = $"""
            INSERT INTO slot_days (live_code_id, day, slot_id, round, tenant_id, shows, new_shown, day_shown, presses, new_pressers, day_pressers)
            SELECT * FROM ({Slots}) AS changed WHERE true ORDER BY live_code_id, slot_id, round
            ON CONFLICT (live_code_id, day, slot_id, round) DO UPDATE SET
                shows = excluded.shows, new_shown = excluded.new_shown, day_shown = excluded.day_shown,
                presses = excluded.presses, new_pressers = excluded.new_pressers, day_pressers = excluded.day_pressers
            """;
        await connection.ExecuteAsync(new CommandDefinition(entrances, Parameters(day, next), transaction, commandTimeout: 0, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(slots, Parameters(day, next), transaction, commandTimeout: 0, cancellationToken: ct));
    }

    /// <summary>Forgets all days: they are those of another zone.</summary>
    public static async Task ClearAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM entrance_days", transaction: transaction, commandTimeout: 0, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM slot_days", transaction: transaction, commandTimeout: 0, cancellationToken: ct));
    }

    private static object Parameters(DateTimeOffset day, DateTimeOffset next) => new { Day = day.ToUnixTimeMilliseconds(), Next = next.ToUnixTimeMilliseconds() };
}
