using Dapper;
using Huoma.Domain.Statistics;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Sums over all codes of the tenant, deleted ones too.</summary>
internal sealed record TenantTotals
{
    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }
}

/// <summary>
/// Reads what was counted of all codes of the tenant: closed hours from <c>tenant_hours</c>, the rest from <c>visit_counts</c>. Who was handed
/// over (切换) was counted at the code he scanned; of his rows at the other code (<c>channel_id</c> below 0) only the presses count here.
/// </summary>
internal sealed class TenantHourQueries(Database database, RollUps rollUps, CurrentTenant tenant)
{
    public async Task<IReadOnlyList<SeriesPoint<VisitFigures>>> HoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        const string sql = """
            SELECT hour AS Hour, scans AS Scans, visitors AS Visitors, new_visitors AS NewVisitors, presses AS Presses, press_visitors AS PressVisitors,
                scans_ios AS Ios, scans_android AS Android, scans_wecom AS WeCom
            FROM tenant_hours
            WHERE tenant_id = @TenantId AND hour >= @From AND hour < @ClosedTo
            UNION ALL
            SELECT hour,
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans ELSE 0 END) AS bigint),
                CAST(SUM(CASE WHEN channel_id >= 0 THEN day_visitors ELSE 0 END) AS bigint),
                CAST(SUM(CASE WHEN channel_id >= 0 THEN new_visitors ELSE 0 END) AS bigint),
                CAST(SUM(presses) AS bigint),
                CAST(SUM(day_code_pressers) AS bigint),
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_ios ELSE 0 END) AS bigint),
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_android ELSE 0 END) AS bigint),
                CAST(SUM(CASE WHEN channel_id >= 0 THEN scans_wecom ELSE 0 END) AS bigint)
            FROM visit_counts
            WHERE tenant_id = @TenantId AND hour >= @OpenFrom AND hour < @To
            GROUP BY hour
            """;
        await using var connection = await database.OpenAsync(ct);
        var closed = (await rollUps.ReadAsync(connection, ct)).Hours.ToUnixTimeMilliseconds();
        var (start, end) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var parameters = new { TenantId = tenant.Id.Value, From = start, To = end, ClosedTo = Math.Min(end, closed), OpenFrom = Math.Max(start, closed) };
        var rows = await connection.QueryAsync<HourRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return [.. rows.Select(row => row.ToPoint())];
    }

    /// <summary>Since the beginning: every visitor and presser of a code once.</summary>
    public async Task<TenantTotals> TotalsAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT CAST(COALESCE(SUM(scans), 0) AS bigint) AS Scans, CAST(COALESCE(SUM(visitors), 0) AS bigint) AS Visitors,
                CAST(COALESCE(SUM(presses), 0) AS bigint) AS Presses, CAST(COALESCE(SUM(press_visitors), 0) AS bigint) AS PressVisitors
            FROM (
                SELECT scans, new_visitors AS visitors, presses, new_press_visitors AS press_visitors
                FROM tenant_hours
                WHERE tenant_id = @TenantId AND hour < @Closed
                UNION ALL
                SELECT CASE WHEN channel_id >= 0 THEN scans ELSE 0 END, CASE WHEN channel_id >= 0 THEN new_visitors ELSE 0 END, presses, new_code_pressers
                FROM visit_counts
                WHERE tenant_id = @TenantId AND hour >= @Closed
            ) AS hours
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, Closed = (await rollUps.ReadAsync(connection, ct)).Hours.ToUnixTimeMilliseconds() };
        return await connection.QuerySingleAsync<TenantTotals>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}
