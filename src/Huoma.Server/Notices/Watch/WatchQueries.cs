using Dapper;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Notices;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Notices.Watch;

/// <summary>Reads the codes of all tenants that are on, some at a time, with a fixed number of queries for each lot.</summary>
internal sealed class WatchQueries(Database database, Calendar calendar)
{
    /// <summary>Codes at a time: bounds the memory, whatever the number of codes.</summary>
    private const int Lot = 1_000;

    /// <param name="after">The last code of the lot before.</param>
    public async Task<IReadOnlyList<CodeUnderWatch>> NextAsync(LiveCodeId after, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await SlotsAsync(after, ct);
        var ids = rows.Select(row => row.CodeId).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        var moment = calendar.At(now);
        var uses = await UsesAsync(ids, moment.Hour.AddHours(-1), ct);
        var seats = await SeatsAsync(rows, now, ct);
        return [.. rows.GroupBy(row => row.CodeId).Select(group => Describe([.. group], moment, uses, seats))];
    }

    private static CodeUnderWatch Describe(
        IReadOnlyList<SlotRow> rows, Moment moment, ILookup<long, UseRow> uses, Dictionary<(SlotId Slot, int Round), long> seats)
    {
        var code = rows[0];
        var slots = from row in rows
                    where row.SlotId is not null
                    let id = new SlotId(row.SlotId ?? 0)
                    select new WatchedSlot(
                        new SlotState(
                            id, row.Round, row.Enabled != 0, DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt), row.Threshold,
                            row.PressVisitors, row.SeatCap, seats.GetValueOrDefault((id, row.Round)), membersLeft: row.MembersLeft),
                        row.SlotName ?? "",
                        new ImageId(row.ImageId));
        var thisHour = moment.Hour.ToUnixTimeMilliseconds();
        // A cap is used up by those who are shown a slot, a threshold by those who press.
        long Taken(Func<long, bool> hour) => uses[code.CodeId].Where(use => hour(use.Hour)).Sum(use => code.SeatCap is null ? use.Pressers : use.Shown);
        var pace = new UsePace(Taken(hour => hour >= thisHour), moment.Now - moment.Hour, Taken(hour => hour < thisHour));
        return new CodeUnderWatch(new LiveCodeId(code.CodeId), new TenantId(code.TenantId), code.CodeName, [.. slots], pace,
            LiveCodeWarnings.WhenUsedUpOf(code.Recycles != 0, (HandOverWhen?)code.HandsOver));
    }

    private async Task<IReadOnlyList<SlotRow>> SlotsAsync(LiveCodeId after, CancellationToken ct)
    {
        const string sql = """
            SELECT code.id AS CodeId, code.tenant_id AS TenantId, code.name AS CodeName, code.seat_cap AS SeatCap,
                slots.id AS SlotId, slots.name AS SlotName, COALESCE(slots.round, 0) AS Round, CASE WHEN slots.enabled THEN 1 ELSE 0 END AS Enabled,
                COALESCE(slots.expires_at, 0) AS ExpiresAt, COALESCE(slots.threshold, 0) AS Threshold, slots.members_left AS MembersLeft, COALESCE(slots.image_id, 0) AS ImageId,
                COALESCE(slot_counts.press_visitors, 0) AS PressVisitors, CASE WHEN code.recycle AND code.kind = 2 THEN 1 ELSE 0 END AS Recycles,
                CASE WHEN code.hand_over_enabled THEN code.hand_over_when END AS HandsOver
            FROM (
                SELECT id, tenant_id, kind, name, seat_cap, recycle, hand_over_enabled, hand_over_when
                FROM live_codes
                WHERE id > @After AND status = @On AND deleted_at IS NULL
                ORDER BY id
                LIMIT @Lot
            ) AS code
            LEFT JOIN slots ON slots.live_code_id = code.id AND slots.deleted_at IS NULL
            LEFT JOIN slot_counts ON slot_counts.slot_id = slots.id AND slot_counts.round = slots.round
            ORDER BY code.id, slots.position, slots.id
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { After = after.Value, On = (int)LiveCodeStatus.On, Lot };
        return [.. await connection.QueryAsync<SlotRow>(new CommandDefinition(sql, parameters, cancellationToken: ct))];
    }

    private async Task<ILookup<long, UseRow>> UsesAsync(long[] ids, DateTimeOffset from, CancellationToken ct)
    {
        const string sql = """
            SELECT live_code_id AS CodeId, hour AS Hour, CAST(SUM(new_pressers) AS bigint) AS Pressers, CAST(SUM(new_shown) AS bigint) AS Shown
            FROM visit_counts
            WHERE live_code_id IN {=Ids} AND hour >= @From
            GROUP BY live_code_id, hour
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<UseRow>(
            new CommandDefinition(sql, new { Ids = ids, From = from.ToUnixTimeMilliseconds() }, cancellationToken: ct));
        return rows.ToLookup(row => row.CodeId);
    }

    private async Task<Dictionary<(SlotId Slot, int Round), long>> SeatsAsync(IReadOnlyList<SlotRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var seats = new Dictionary<(SlotId, int), long>();
        foreach (var tenants in rows.Where(row => row.SeatCap is not null).GroupBy(row => row.TenantId))
        {
            var tenant = new CurrentTenant();
            tenant.Is(new TenantId(tenants.Key));
            var codes = tenants.Select(row => new LiveCodeId(row.CodeId)).ToHashSet();
            foreach (var (slot, taken) in await new VisitCountQueries(database, tenant).SeatsTakenAsync(codes, now, ct))
            {
                seats[slot] = taken;
            }
        }

        return seats;
    }

    private sealed record SlotRow
    {
        public int Recycles { get; init; }

        public int? HandsOver { get; init; }

        public long CodeId { get; init; }

        public long TenantId { get; init; }

        public string CodeName { get; init; } = "";

        public int? SeatCap { get; init; }

        public long? SlotId { get; init; }

        public string? SlotName { get; init; }

        public int Round { get; init; }

        public int Enabled { get; init; }

        public long ExpiresAt { get; init; }

        public int Threshold { get; init; }

        public int? MembersLeft { get; init; }

        public long ImageId { get; init; }

        public long PressVisitors { get; init; }
    }

    private sealed record UseRow
    {
        public long CodeId { get; init; }

        public long Hour { get; init; }

        public long Pressers { get; init; }

        public long Shown { get; init; }
    }
}
