using System.Data.Common;
using Dapper;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Keeps the totals of closed hours (ADR 0014). Summing the same hours again is harmless: only what differs is written.</summary>
internal static class TenantHourStore
{
    /// <summary>When the first hour that was ever counted began; null: none was.</summary>
    public static async Task<DateTimeOffset?> FirstHourAsync(DbConnection connection, CancellationToken ct)
    {
        // By tenant, for that is how the hours are indexed.
        const string sql = "SELECT MIN(first) FROM (SELECT (SELECT MIN(hour) FROM visit_counts WHERE tenant_id = tenants.id) AS first FROM tenants) AS firsts";
        var first = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, cancellationToken: ct));
        return first is { } hour ? DateTimeOffset.FromUnixTimeMilliseconds(hour) : null;
    }

    /// <summary>The hours of every tenant whose totals are not yet what was counted.</summary>
    public static async Task<IReadOnlyList<TenantHour>> ChangesAsync(DbConnection connection, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        // CROSS makes SQLite begin with the tenants, whose hours it finds by the index; else it reads every row.
        const string sql = """
            SELECT visit_counts.tenant_id AS TenantId, hour AS Hour,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans ELSE 0 END) AS bigint) AS Scans,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN day_visitors ELSE 0 END) AS bigint) AS Visitors,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN new_visitors ELSE 0 END) AS bigint) AS NewVisitors,
                CAST(SUM(presses) AS bigint) AS Presses,
                CAST(SUM(day_code_pressers) AS bigint) AS PressVisitors,
                CAST(SUM(new_code_pressers) AS bigint) AS NewPressVisitors,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_ios ELSE 0 END) AS bigint) AS Ios,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_android ELSE 0 END) AS bigint) AS Android,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_wecom ELSE 0 END) AS bigint) AS WeCom
            FROM tenants CROSS JOIN visit_counts
            WHERE visit_counts.tenant_id = tenants.id AND hour >= @From AND hour < @To
            GROUP BY visit_counts.tenant_id, hour
            EXCEPT
            SELECT tenant_id, hour, scans, visitors, new_visitors, presses, press_visitors, new_press_visitors, scans_ios, scans_android, scans_wecom
            FROM tenants CROSS JOIN tenant_hours
            WHERE tenant_id = tenants.id AND hour >= @From AND hour < @To
            """;
        var parameters = new { From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds() };
        var changes = await connection.QueryAsync<TenantHour>(new CommandDefinition(sql, parameters, commandTimeout: 0, cancellationToken: ct));

        // In one order, so that two processes never wait for each other.
        return [.. changes.OrderBy(row => row.TenantId).ThenBy(row => row.Hour)];
    }

    public static Task WriteAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<TenantHour> hours, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO tenant_hours (tenant_id, hour, scans, visitors, new_visitors, presses, press_visitors, new_press_visitors, scans_ios, scans_android, scans_wecom)
            VALUES (@TenantId, @Hour, @Scans, @Visitors, @NewVisitors, @Presses, @PressVisitors, @NewPressVisitors, @Ios, @Android, @WeCom)
            ON CONFLICT (tenant_id, hour) DO UPDATE SET scans = excluded.scans, visitors = excluded.visitors, new_visitors = excluded.new_visitors,
                presses = excluded.presses, press_visitors = excluded.press_visitors, new_press_visitors = excluded.new_press_visitors,
                scans_ios = excluded.scans_ios, scans_android = excluded.scans_android, scans_wecom = excluded.scans_wecom
            """;
        return connection.ExecuteAsync(new CommandDefinition(sql, hours, transaction, cancellationToken: ct));
    }
}

/// <summary>The sums of one hour of a tenant.</summary>
internal sealed record TenantHour
{
    public long TenantId { get; init; }

    public long Hour { get; init; }

    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long NewVisitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }

    public long NewPressVisitors { get; init; }

    public long Ios { get; init; }

    public long Android { get; init; }

    public long WeCom { get; init; }
}
