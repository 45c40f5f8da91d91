using Dapper;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Statistics;

/// <summary>Sums over all codes of the tenant, deleted ones too.</summary>
internal sealed record TenantTotals
{
    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }

    public long TodayScans { get; init; }

    public long TodayVisitors { get; init; }

    public long TodayPresses { get; init; }

    public long TodayPressVisitors { get; init; }
}

/// <summary>A code that is on, with what the rotation knows of its slots.</summary>
internal sealed record WatchedCode(LiveCodeId Id, string Name, IReadOnlyList<SlotState> Slots, IReadOnlyDictionary<SlotId, string> SlotNames);

/// <summary>Reads what the overview shows, in a fixed number of queries.</summary>
internal sealed class OverviewQueries(Database database, HuomaDb db, CurrentTenant tenant)
{
    /// <param name="today">When the local day began.</param>
    public async Task<TenantTotals> TotalsAsync(DateTimeOffset today, CancellationToken ct)
    {
        const string sql = """
            SELECT CAST(COALESCE(SUM(scans), 0) AS bigint) AS Scans,
                CAST(COALESCE(SUM(new_visitors), 0) AS bigint) AS Visitors,
                CAST(COALESCE(SUM(presses), 0) AS bigint) AS Presses,
                CAST(COALESCE(SUM(new_code_pressers), 0) AS bigint) AS PressVisitors,
                CAST(COALESCE(SUM(CASE WHEN hour >= @Today THEN scans END), 0) AS bigint) AS TodayScans,
                CAST(COALESCE(SUM(CASE WHEN hour >= @Today THEN day_visitors END), 0) AS bigint) AS TodayVisitors,
                CAST(COALESCE(SUM(CASE WHEN hour >= @Today THEN presses END), 0) AS bigint) AS TodayPresses,
                CAST(COALESCE(SUM(CASE WHEN hour >= @Today THEN day_code_pressers END), 0) AS bigint) AS TodayPressVisitors
            FROM visit_counts
            WHERE tenant_id = @TenantId
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, Today = today.ToUnixTimeMilliseconds() };
        return await connection.QuerySingleAsync<TenantTotals>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    public Task<int> CountCodesAsync(CancellationToken ct) => db.LiveCodes.CountAsync(ct);

    public async Task<IReadOnlyList<WatchedCode>> CodesOnAsync(DateTimeOffset now, CancellationToken ct)
    {
        var pressed = await PressVisitorsAsync(ct);
        var liveCodes = await db.LiveCodes.Where(row => row.Status == LiveCodeStatus.On)
            .Select(row => new { row.Id, row.Name, row.Seats.Cap }).ToListAsync(ct);
        var seated = await SeatsTakenAsync([.. liveCodes.Where(row => row.Cap is not null).Select(row => row.Id.Value)], now, ct);
        var slots = await (
            from slot in db.Slots
            join liveCode in db.LiveCodes on slot.LiveCodeId equals liveCode.Id
            where liveCode.Status == LiveCodeStatus.On
            orderby slot.Position
            select new { slot.Id, slot.LiveCodeId, slot.Name, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold }).ToListAsync(ct);
        var byCode = slots.ToLookup(slot => slot.LiveCodeId);
        return liveCodes.ConvertAll(liveCode => new WatchedCode(
            liveCode.Id,
            liveCode.Name,
            [.. byCode[liveCode.Id].Select(slot => new SlotState(
                slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold,
                pressed.GetValueOrDefault((slot.Id, slot.Round)), liveCode.Cap, seated.GetValueOrDefault((slot.Id, slot.Round))))],
            byCode[liveCode.Id].ToDictionary(slot => slot.Id, slot => slot.Name)));
    }

    private async Task<Dictionary<(SlotId Slot, int Round), long>> PressVisitorsAsync(CancellationToken ct)
    {
        const string sql = "SELECT slot_id AS SlotId, round AS Round, press_visitors AS Count FROM slot_counts WHERE tenant_id = @TenantId";
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<SlotCount>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value }, cancellationToken: ct));
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round), row => row.Count);
    }

    /// <summary>Seats that are taken in codes with a cap (U4), as the next batch of visits will find them.</summary>
    private async Task<Dictionary<(SlotId Slot, int Round), long>> SeatsTakenAsync(long[] ids, DateTimeOffset now, CancellationToken ct)
    {
        if (ids.Length == 0)
        {
            return [];
        }

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
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, Ids = ids, Now = now.ToUnixTimeMilliseconds() };
        var rows = await connection.QueryAsync<SlotCount>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round), row => row.Count);
    }

    private sealed record SlotCount
    {
        public long SlotId { get; init; }

        public int Round { get; init; }

        public long Count { get; init; }
    }
}
