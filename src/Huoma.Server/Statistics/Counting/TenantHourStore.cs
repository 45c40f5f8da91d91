using System.Data.Common;
using Dapper;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Keeps the totals of closed hours (ADR 0014). Summing the same hours again is harmless: it writes what it finds.</summary>
internal static class TenantHourStore
{
    /// <summary>When the first hour that was ever counted began; null: none was.</summary>
    public static async Task<long?> FirstHourAsync(DbConnection connection, CancellationToken ct)
    {
        // By tenant, for that is how the hours are indexed.
        const string sql = "SELECT MIN(first) FROM (SELECT (SELECT MIN(hour) FROM visit_counts WHERE tenant_id = tenants.id) AS first FROM tenants) AS firsts";
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, cancellationToken: ct));
    }

    /// <summary>Sums up the hours of every tenant and, with them, says how far the totals now go; they never go back.</summary>
    public static async Task SumUpAsync(DbConnection connection, long from, long to, CancellationToken ct)
    {
        // CROSS makes SQLite begin with the tenants, whose hours it finds by the index; else it reads every row.
        const string read = """
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
            WHERE visit_counts.tenant_id = tenants.id AND hour >= @from AND hour < @to
            GROUP BY visit_counts.tenant_id, hour
            """;
        const string write = """
            INSERT INTO tenant_hours (tenant_id, hour, scans, visitors, new_visitors, presses, press_visitors, new_press_visitors, scans_ios, scans_android, scans_wecom)
            VALUES (@TenantId, @Hour, @Scans, @Visitors, @NewVisitors, @Presses, @PressVisitors, @NewPressVisitors, @Ios, @Android, @WeCom)
            ON CONFLICT (tenant_id, hour) DO UPDATE SET scans = excluded.scans, visitors = excluded.visitors, new_visitors = excluded.new_visitors,
                presses = excluded.presses, press_visitors = excluded.press_visitors, new_press_visitors = excluded.new_press_visitors,
                scans_ios = excluded.scans_ios, scans_android = excluded.scans_android, scans_wecom = excluded.scans_wecom
            """;
        const string mark = """
            INSERT INTO roll_ups (name, until) VALUES (@Name, @to)
            ON CONFLICT (name) DO UPDATE SET until = CASE WHEN roll_ups.until > excluded.until THEN roll_ups.until ELSE excluded.until END
            """;
        // Read first: on SQLite the visitors' writer waits only while the few sums are written.
        var sums = (await connection.QueryAsync<Sums>(new CommandDefinition(read, new { from, to }, cancellationToken: ct))).ToList();
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(write, sums, transaction, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(mark, new { Name = RollUps.TenantHours, to }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    private sealed record Sums
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
}

/// <summary>How far totals have been summed up.</summary>
internal static class RollUps
{
    public const string TenantHours = "tenant-hours";

    /// <summary>The instant before which every hour is summed up; 0: none is.</summary>
    public static async Task<long> UntilAsync(DbConnection connection, CancellationToken ct) => await connection.ExecuteScalarAsync<long?>(
        new CommandDefinition("SELECT until FROM roll_ups WHERE name = @TenantHours", new { TenantHours }, cancellationToken: ct)) ?? 0;
}
