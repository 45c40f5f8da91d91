using System.Data.Common;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.LiveCodes;

/// <summary>Scans and presses of a code.</summary>
internal sealed record VisitTotals
{
    public static VisitTotals None { get; } = new();

    public long LiveCodeId { get; init; }

    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }

    public long TodayScans { get; init; }

    public long TodayVisitors { get; init; }

    public long TodayPresses { get; init; }

    public long TodayPressVisitors { get; init; }
}

/// <summary>What one round of a slot has seen.</summary>
internal sealed record SlotTotals
{
    public static SlotTotals None { get; } = new();

    public long SlotId { get; init; }

    public int Round { get; init; }

    public long Views { get; init; }

    public long Visitors { get; init; }

    public long Presses { get; init; }

    public long TodayViews { get; init; }

    public long TodayVisitors { get; init; }

    public long TodayPresses { get; init; }

    public long TodayPressVisitors { get; init; }
}

/// <summary>Reads what the visits counted, for the console's columns: long past days from their totals (ADR 0015), the rest hour by hour.</summary>
internal sealed class VisitCountQueries(Database database, CurrentTenant tenant)
{
    /// <param name="today">When the local day began.</param>
    public async Task<IReadOnlyDictionary<LiveCodeId, VisitTotals>> TotalsAsync(IReadOnlyCollection<LiveCodeId> ids, DateTimeOffset today, CancellationToken ct)
    {
        const string sql = """
            SELECT live_code_id AS LiveCodeId,
                CAST(SUM(scans) AS bigint) AS Scans,
                CAST(SUM(new_visitors) AS bigint) AS Visitors,
                CAST(SUM(presses) AS bigint) AS Presses,
                CAST(SUM(new_code_pressers) AS bigint) AS PressVisitors,
                CAST(SUM(CASE WHEN hour >= @Today THEN scans ELSE 0 END) AS bigint) AS TodayScans,
                CAST(SUM(CASE WHEN hour >= @Today THEN day_visitors ELSE 0 END) AS bigint) AS TodayVisitors,
                CAST(SUM(CASE WHEN hour >= @Today THEN presses ELSE 0 END) AS bigint) AS TodayPresses,
                CAST(SUM(CASE WHEN hour >= @Today THEN day_code_pressers ELSE 0 END) AS bigint) AS TodayPressVisitors
            FROM (
                SELECT live_code_id, day AS hour, scans, new_visitors, day_visitors, presses, new_code_pressers, day_code_pressers
                FROM entrance_days
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND day < @Closed
                UNION ALL
                SELECT live_code_id, hour, scans, new_visitors, day_visitors, presses, new_code_pressers, day_code_pressers
                FROM visit_counts
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND hour >= @Closed
            ) AS counted
            GROUP BY live_code_id
            """;
        var rows = await QueryAsync<VisitTotals>(sql, ids, today, ct);
        return rows.ToDictionary(row => new LiveCodeId(row.LiveCodeId));
    }

    /// <summary>扫码次数 of every code of the tenant that has any.</summary>
    /// <param name="today">When the local day began.</param>
    public async Task<IReadOnlyDictionary<LiveCodeId, long>> ScansAsync(DateTimeOffset today, CancellationToken ct)
    {
        // CROSS makes SQLite begin with the codes, whose days it finds by their key.
        const string sql = """
            SELECT live_code_id AS LiveCodeId, CAST(SUM(scans) AS bigint) AS Scans
            FROM (
                SELECT live_code_id, scans
                FROM live_codes CROSS JOIN entrance_days
                WHERE live_codes.tenant_id = @TenantId AND live_code_id = live_codes.id AND day < @Closed
                UNION ALL
                SELECT live_code_id, scans
                FROM visit_counts
                WHERE tenant_id = @TenantId AND hour >= @Closed
            ) AS counted
            GROUP BY live_code_id
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, Closed = await ClosedAsync(connection, today.ToUnixTimeMilliseconds(), ct) };
        var rows = await connection.QueryAsync<VisitTotals>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.ToDictionary(row => new LiveCodeId(row.LiveCodeId), row => row.Scans);
    }

    /// <summary>长按识别人数 of every slot and round of the codes: what the rotation compares with the threshold.</summary>
    public async Task<IReadOnlyDictionary<(SlotId Slot, int Round), long>> PressVisitorsAsync(IReadOnlyCollection<LiveCodeId> ids, CancellationToken ct)
    {
        const string sql = """
            SELECT slot_id AS SlotId, round AS Round, press_visitors AS Count
            FROM slot_counts
            WHERE tenant_id = @TenantId AND live_code_id IN {=Ids}
            """;
        var rows = await QueryAsync<SlotCount>(sql, ids, default, ct);
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round), row => row.Count);
    }

    /// <summary>累计进群人数: distinct people a robot saw join the groups of a code (F066).</summary>
    public async Task<IReadOnlyDictionary<LiveCodeId, long>> JoinsAsync(IReadOnlyCollection<LiveCodeId> ids, CancellationToken ct)
    {
        // Those a group began with (source 1) did not join.
        const string sql = """
            SELECT live_code_id AS LiveCodeId, COUNT(DISTINCT member_id) AS Count
            FROM group_members
            WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND source <> 1
            GROUP BY live_code_id
            """;
        var rows = await QueryAsync<JoinCount>(sql, ids, default, ct);
        return rows.ToDictionary(row => new LiveCodeId(row.LiveCodeId), row => row.Count);
    }

    /// <summary>Seats that are taken of every slot and round of codes with a cap (U4), as the next batch of visits will find them.</summary>
    public async Task<IReadOnlyDictionary<(SlotId Slot, int Round), long>> SeatsTakenAsync(
        IReadOnlyCollection<LiveCodeId> ids, DateTimeOffset now, CancellationToken ct)
    {
        // What was not counted yet is the people shown so far, less those whose seats went back. A lease that has run out goes back with the
        // next visit. "<> 0" looks needless, and is what lets SQLite use the index.
        const string sql = """
            SELECT slot_id AS SlotId, round AS Round, CAST(SUM(seats) AS bigint) AS Count
            FROM (
                SELECT slot_id, round, seats_taken AS seats
                FROM slot_counts
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND seats_taken IS NOT NULL
                UNION ALL
                SELECT slot_id, round, new_shown
                FROM visit_counts
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND NOT EXISTS (
                    SELECT 1 FROM slot_counts
                    WHERE slot_counts.slot_id = visit_counts.slot_id AND slot_counts.round = visit_counts.round AND slot_counts.seats_taken IS NOT NULL)
                UNION ALL
                SELECT slot_id, round, -1
                FROM slot_visitors
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND leased_until <> 0 AND leased_until = -1 AND NOT EXISTS (
                    SELECT 1 FROM slot_counts
                    WHERE slot_counts.slot_id = slot_visitors.slot_id AND slot_counts.round = slot_visitors.round AND slot_counts.seats_taken IS NOT NULL)
                UNION ALL
                SELECT slot_id, round, -1
                FROM slot_visitors
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND leased_until <> 0 AND leased_until > 0 AND leased_until <= @Now AND EXISTS (
                    SELECT 1 FROM live_codes WHERE live_codes.id = slot_visitors.live_code_id AND seat_lease_minutes IS NOT NULL)
            ) AS seats_of_slots
            GROUP BY slot_id, round
            """;
        var rows = await QueryAsync<SlotCount>(sql, ids, now, ct);
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round), row => row.Count);
    }

    public async Task<IReadOnlyDictionary<(SlotId Slot, int Round), SlotTotals>> OfSlotsAsync(LiveCodeId id, DateTimeOffset today, CancellationToken ct)
    {
        const string sql = """
            SELECT slot_id AS SlotId, round AS Round,
                CAST(SUM(shows) AS bigint) AS Views,
                CAST(SUM(new_shown) AS bigint) AS Visitors,
                CAST(SUM(presses) AS bigint) AS Presses,
                CAST(SUM(CASE WHEN hour >= @Today THEN shows ELSE 0 END) AS bigint) AS TodayViews,
                CAST(SUM(CASE WHEN hour >= @Today THEN day_shown ELSE 0 END) AS bigint) AS TodayVisitors,
                CAST(SUM(CASE WHEN hour >= @Today THEN presses ELSE 0 END) AS bigint) AS TodayPresses,
                CAST(SUM(CASE WHEN hour >= @Today THEN day_pressers ELSE 0 END) AS bigint) AS TodayPressVisitors
            FROM (
                SELECT slot_id, round, day AS hour, shows, new_shown, day_shown, presses, day_pressers
                FROM slot_days
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND day < @Closed
                UNION ALL
                SELECT slot_id, round, hour, shows, new_shown, day_shown, presses, day_pressers
                FROM visit_counts
                WHERE tenant_id = @TenantId AND live_code_id IN {=Ids} AND hour >= @Closed
            ) AS counted
            GROUP BY slot_id, round
            """;
        var rows = await QueryAsync<SlotTotals>(sql, [id], today, ct);
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round));
    }

    // {=Ids} writes the numbers into the text: a list as a parameter is not the same on both databases.
    // The instant is @Today or @Now, whichever the text names.
    private async Task<IEnumerable<T>> QueryAsync<T>(string sql, IReadOnlyCollection<LiveCodeId> ids, DateTimeOffset instant, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var connection = await database.OpenAsync(ct);
        var at = instant.ToUnixTimeMilliseconds();
        var parameters = new
        {
            TenantId = tenant.Id.Value,
            Ids = ids.Select(id => id.Value).ToArray(),
            Today = at,
            Now = at,
            Closed = sql.Contains("@Closed", StringComparison.Ordinal) ? await ClosedAsync(connection, at, ct) : 0,
        };
        return await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    /// <summary>
    /// The instant before which days are summed up; never after today began, whatever a clock that was ahead has said. Asked for on its own: PostgreSQL
    /// plans for few hours only when it knows the value.
    /// </summary>
    private static Task<long> ClosedAsync(DbConnection connection, long today, CancellationToken ct) => connection.ExecuteScalarAsync<long>(new CommandDefinition(
        "SELECT COALESCE(MIN(until), 0) FROM roll_ups WHERE name LIKE 'code-days %' AND until < @today", new { today }, cancellationToken: ct));

    private sealed record JoinCount
    {
        public long LiveCodeId { get; init; }

        public long Count { get; init; }
    }

    private sealed record SlotCount
    {
        public long SlotId { get; init; }

        public int Round { get; init; }

        public long Count { get; init; }
    }
}
