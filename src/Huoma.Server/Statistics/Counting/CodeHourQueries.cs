using Dapper;
using Huoma.Domain.Statistics;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Statistics.Counting;

/// <summary>Where visitors of a code came in, as <c>visit_counts.channel_id</c> says it: 0 its own QR, above 0 a channel, below 0 the code that handed over.</summary>
internal readonly record struct EntranceKey(long Value);

/// <summary>A slot in one of its rounds: one real group.</summary>
internal readonly record struct SlotRound(SlotId Slot, int Round);

/// <summary>
/// Reads what was counted of one code in each hour, or, for a range that is drawn by day, on each day that is summed up and in each hour of the rest.
/// </summary>
internal sealed class CodeHourQueries(Database database, RollUps rollUps, Calendar calendar, CurrentTenant tenant)
{
    private const string Entrances = """
        (SELECT channel_id, day AS hour, scans, new_visitors, day_visitors, presses, day_code_pressers,
            entrance_new_visitors, entrance_day_visitors, entrance_day_pressers, scans_ios, scans_android, scans_wecom
        FROM entrance_days
        WHERE live_code_id = @Id AND day >= @DaysFrom AND day < @DaysTo AND tenant_id = @TenantId
        UNION ALL
        SELECT channel_id, hour, scans, new_visitors, day_visitors, presses, day_code_pressers,
            entrance_new_visitors, entrance_day_visitors, entrance_day_pressers, scans_ios, scans_android, scans_wecom
        FROM visit_counts
        WHERE live_code_id = @Id AND hour >= @From AND hour < @DaysFrom AND tenant_id = @TenantId
        UNION ALL
        SELECT channel_id, hour, scans, new_visitors, day_visitors, presses, day_code_pressers,
            entrance_new_visitors, entrance_day_visitors, entrance_day_pressers, scans_ios, scans_android, scans_wecom
        FROM visit_counts
        WHERE live_code_id = @Id AND hour >= @DaysTo AND hour < @To AND tenant_id = @TenantId) AS counted
        """;

    // Slot 0 is left out: nothing was shown.
    private const string Slots = """
        (SELECT slot_id, round, day AS hour, shows, day_shown, presses, day_pressers
        FROM slot_days
        WHERE live_code_id = @Id AND day >= @DaysFrom AND day < @DaysTo AND tenant_id = @TenantId AND slot_id <> 0
        UNION ALL
        SELECT slot_id, round, hour, shows, day_shown, presses, day_pressers
        FROM visit_counts
        WHERE live_code_id = @Id AND hour >= @From AND hour < @DaysFrom AND tenant_id = @TenantId AND slot_id <> 0
        UNION ALL
        SELECT slot_id, round, hour, shows, day_shown, presses, day_pressers
        FROM visit_counts
        WHERE live_code_id = @Id AND hour >= @DaysTo AND hour < @To AND tenant_id = @TenantId AND slot_id <> 0) AS counted
        """;

    private const string OfEntrance = """
        CAST(SUM(scans) AS bigint) AS Scans,
        CAST(SUM(entrance_day_visitors) AS bigint) AS Visitors,
        CAST(SUM(entrance_new_visitors) AS bigint) AS NewVisitors,
        CAST(SUM(presses) AS bigint) AS Presses,
        CAST(SUM(entrance_day_pressers) AS bigint) AS PressVisitors,
        CAST(SUM(scans_ios) AS bigint) AS Ios,
        CAST(SUM(scans_android) AS bigint) AS Android,
        CAST(SUM(scans_wecom) AS bigint) AS WeCom
        """;

    private const string OfSlot = """
        CAST(SUM(shows) AS bigint) AS Shows,
        CAST(SUM(day_shown) AS bigint) AS Shown,
        CAST(SUM(presses) AS bigint) AS Presses,
        CAST(SUM(day_pressers) AS bigint) AS PressVisitors
        """;

    /// <summary>Through all entrances: people are distinct within the code.</summary>
    public async Task<IReadOnlyList<SeriesPoint<VisitFigures>>> OfCodeAsync(LiveCodeId id, StatisticsRange range, CancellationToken ct)
    {
        const string sql = $"""
            SELECT hour AS Hour,
                CAST(SUM(scans) AS bigint) AS Scans,
                CAST(SUM(day_visitors) AS bigint) AS Visitors,
                CAST(SUM(new_visitors) AS bigint) AS NewVisitors,
                CAST(SUM(presses) AS bigint) AS Presses,
                CAST(SUM(day_code_pressers) AS bigint) AS PressVisitors,
                CAST(SUM(scans_ios) AS bigint) AS Ios,
                CAST(SUM(scans_android) AS bigint) AS Android,
                CAST(SUM(scans_wecom) AS bigint) AS WeCom
            FROM {Entrances}
            GROUP BY hour
            """;
        var rows = await QueryAsync<HourRow>(sql, id, range, [], ct);
        return [.. rows.Select(row => row.ToPoint())];
    }

    /// <summary>By entrance: people are distinct within each, so that one who uses two counts at both.</summary>
    public async Task<IReadOnlyDictionary<EntranceKey, VisitFigures>> TotalsOfEntrancesAsync(LiveCodeId id, StatisticsRange range, CancellationToken ct)
    {
        const string sql = $"SELECT channel_id AS Entrance, {OfEntrance} FROM {Entrances} GROUP BY channel_id";
        var rows = await QueryAsync<HourRow>(sql, id, range, [], ct);
        return rows.ToDictionary(row => new EntranceKey(row.Entrance), row => row.ToPoint().Figures);
    }

    /// <inheritdoc cref="TotalsOfEntrancesAsync"/>
    public async Task<ILookup<EntranceKey, SeriesPoint<VisitFigures>>> OfEntrancesAsync(
        LiveCodeId id, StatisticsRange range, IReadOnlyCollection<EntranceKey> entrances, CancellationToken ct)
    {
        const string sql = $$"""
            SELECT channel_id AS Entrance, hour AS Hour, {{OfEntrance}} FROM {{Entrances}} WHERE channel_id IN {=Keys} GROUP BY channel_id, hour
            """;
        var rows = entrances.Count == 0 ? [] : await QueryAsync<HourRow>(sql, id, range, [.. entrances.Select(entrance => entrance.Value)], ct);
        return rows.ToLookup(row => new EntranceKey(row.Entrance), row => row.ToPoint());
    }

    /// <summary>By slot and round.</summary>
    public async Task<IReadOnlyDictionary<SlotRound, SlotFigures>> TotalsOfSlotsAsync(LiveCodeId id, StatisticsRange range, CancellationToken ct)
    {
        const string sql = $"SELECT slot_id AS SlotId, round AS Round, {OfSlot} FROM {Slots} GROUP BY slot_id, round";
        var rows = await QueryAsync<SlotRow>(sql, id, range, [], ct);
        return rows.ToDictionary(row => row.Key, row => row.Figures);
    }

    /// <inheritdoc cref="TotalsOfSlotsAsync"/>
    public async Task<ILookup<SlotRound, SeriesPoint<SlotFigures>>> OfSlotsAsync(
        LiveCodeId id, StatisticsRange range, IReadOnlyCollection<SlotId> slots, CancellationToken ct)
    {
        const string sql = $$"""
            SELECT slot_id AS SlotId, round AS Round, hour AS Hour, {{OfSlot}} FROM {{Slots}} WHERE slot_id IN {=Keys} GROUP BY slot_id, round, hour
            """;
        var rows = slots.Count == 0 ? [] : await QueryAsync<SlotRow>(sql, id, range, [.. slots.Select(slot => slot.Value)], ct);
        return rows.ToLookup(row => row.Key, row => new SeriesPoint<SlotFigures>(DateTimeOffset.FromUnixTimeMilliseconds(row.Hour), row.Figures));
    }

    // {=Keys} writes the numbers into the text: a list as a parameter is not the same on both databases.
    private async Task<IEnumerable<T>> QueryAsync<T>(string sql, LiveCodeId id, StatisticsRange range, long[] keys, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var days = range.WholeDays((await rollUps.ReadAsync(connection, ct)).Days, calendar);
        var parameters = new
        {
            Id = id.Value,
            From = range.From.ToUnixTimeMilliseconds(),
            DaysFrom = days.From.ToUnixTimeMilliseconds(),
            DaysTo = days.To.ToUnixTimeMilliseconds(),
            To = range.To.ToUnixTimeMilliseconds(),
            TenantId = tenant.Id.Value,
            Keys = keys,
        };
        return await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private sealed record SlotRow
    {
        public long SlotId { get; init; }

        public int Round { get; init; }

        public long Hour { get; init; }

        public long Shows { get; init; }

        public long Shown { get; init; }

        public long Presses { get; init; }

        public long PressVisitors { get; init; }

        public SlotRound Key => new(new SlotId(SlotId), Round);

        public SlotFigures Figures => new(Shows, Shown, Presses, PressVisitors);
    }
}
