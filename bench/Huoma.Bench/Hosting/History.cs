using System.Data.Common;

namespace Huoma.Bench.Hosting;

/// <summary>
/// Two years of visits to all codes of a store, as the product leaves them: totals of hours (<c>visit_counts</c>), and each visit, visitor and
/// press. Some codes are busy and some are not, nights are quiet, slots take turns and begin new rounds. The same every time.
/// </summary>
internal sealed class History(HuomaServer server, int visits)
{
    /// <summary>A report is of two years at most, today among them.</summary>
    public const int Days = 729;
    private const long Hour = 3_600_000;

    private static readonly int[] DayShape = [2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 7, 6, 6, 6, 7, 8, 9, 10, 9, 7, 4];

    private readonly Random random = new(1);
    private readonly Dictionary<(long Channel, long Slot, int Round), Sums> hour = [];
    private RowWriter? counts, log, people, pressed;
    private long tenant, visitor, press;

    /// <summary>Rows of <c>visit_counts</c>.</summary>
    public int Rows { get; private set; }

    public int Visits { get; private set; }

    public async Task WriteAsync()
    {
        var connections = new List<DbConnection>();
        for (var count = 0; count < (server.Database is null ? 1 : 4); count++)
        {
            connections.Add(server.Connect());
            await connections[count].OpenAsync();
        }

        var codes = await ReadAsync(connections[0]);
        if (server.Database is null)
        {
            await ExecuteAsync(connections[0], "PRAGMA synchronous = OFF; BEGIN");
        }

        counts = await RowWriter.OpenAsync(connections[0], "visit_counts", """
            live_code_id, hour, channel_id, slot_id, round, node, tenant_id, scans, new_visitors, day_visitors, shows, new_shown, day_shown,
            presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers, entrance_new_visitors, entrance_day_visitors,
            entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom
            """.ReplaceLineEndings(" "));
        log = await RowWriter.OpenAsync(connections[^1], "visits", "tenant_id, live_code_id, visitor_id, channel_id, slot_id, round, kind, client, reason, at");
        people = await RowWriter.OpenAsync(connections[connections.Count / 2], "slot_visitors", "visitor_id, live_code_id, slot_id, round, tenant_id, is_bound, last_scan_on, last_shown_on, last_press_on, presses");
        pressed = await RowWriter.OpenAsync(connections[connections.Count / 4], "presses", "visitor_id, press_id, tenant_id, live_code_id, slot_id, round, channel_id, at");
        Come(codes);
        foreach (var writer in (RowWriter[])[counts, log, people, pressed])
        {
            await writer.DisposeAsync();
        }

        await ExecuteAsync(connections[0], $"UPDATE id_blocks SET next = {visitor + 1} WHERE name = 'visitors'");
        await ExecuteAsync(connections[0], server.Database is null ? "COMMIT" : "VACUUM ANALYZE");
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private void Come(List<Code> codes)
    {
        // Up to the present hour, which is under way.
        var end = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / Hour * Hour;
        var weights = codes.Select((_, rank) => 1.0 / (rank + 5)).ToList();
        var perWeight = (double)visits / (Days * DayShape.Sum() * weights.Sum());
        for (var at = end - (((Days * 24) - 1) * Hour); at <= end; at += Hour)
        {
            var shape = DayShape[(at / Hour + 8) % 24];
            foreach (var (code, weight) in codes.Zip(weights))
            {
                var expected = perWeight * weight * shape;
                var coming = (int)expected + (random.NextDouble() < expected - (int)expected ? 1 : 0);
                ComeTo(code, at, coming, daysLeft: (int)((end - at) / Hour / 24));
            }
        }
    }

    private void ComeTo(Code code, long at, int coming, int daysLeft)
    {
        hour.Clear();
        for (var count = 0; count < coming; count++)
        {
            // A slot fills in three days, a new round begins with every month; some come back to the slot of before.
            var serving = (daysLeft / 3) + (random.Next(5) == 0 ? 1 : 0);
            var key = (random.Next(10) < 6 ? 0 : code.Channels[random.Next(code.Channels.Count)], code.Slots[serving % code.Slots.Count], 1 + ((Days - daysLeft) / 30));
            Visit(code.Id, key, at + random.Next((int)Hour), hour.TryGetValue(key, out var sums) ? sums : hour[key] = new Sums());
        }

        foreach (var ((channel, slot, round), sum) in hour)
        {
            Rows++;
            counts?.Write(
                code.Id, at, channel, slot, round, 1, tenant, sum.Scans, sum.New, sum.Visitors, sum.Scans, sum.New, sum.Visitors,
                sum.Presses, sum.NewPressers, sum.Presses, sum.NewPressers, sum.Presses, sum.New, sum.Visitors,
                sum.NewPressers, sum.Presses, sum.Devices[1], sum.Devices[2], sum.Devices[4]);
        }
    }

    private void Visit(long code, (long Channel, long Slot, int Round) key, long at, Sums sum)
    {
        var (isNew, isFirstToday, presses, device) = (random.Next(10) < 6, random.Next(10) < 9, random.Next(10) < 6, random.Next(5));
        var who = isNew ? ++visitor : Math.Max(1, random.NextInt64(visitor));
        Visits++;
        sum.Scans++;
        sum.Visitors += isNew || isFirstToday ? 1 : 0;
        sum.New += isNew ? 1 : 0;
        sum.Presses += presses ? 1 : 0;
        sum.NewPressers += presses && isNew ? 1 : 0;
        sum.Devices[device]++;
        log?.Write(tenant, code, who, key.Channel, key.Slot, key.Round, 1, device, 1, at);
        var day = at / Hour / 24 + 719_162;
        if (isNew)
        {
            people?.Write(who, code, key.Slot, key.Round, tenant, 1, day, day, presses ? day : 0, presses ? 1 : 0);
        }

        if (presses)
        {
            pressed?.Write(who, ++press, tenant, code, key.Slot, key.Round, key.Channel, at);
        }
    }

    private async Task<List<Code>> ReadAsync(DbConnection connection)
    {
        tenant = (await CodeCopies.IdsAsync(connection, null, "SELECT id FROM tenants"))[0];
        visitor = (await CodeCopies.IdsAsync(connection, null, "SELECT next FROM id_blocks WHERE name = 'visitors'")).FirstOrDefault(1);
        List<Code> codes = [];
        foreach (var id in await CodeCopies.IdsAsync(connection, null, "SELECT id FROM live_codes ORDER BY id"))
        {
            codes.Add(new Code(
                id,
                await CodeCopies.IdsAsync(connection, null, $"SELECT id FROM slots WHERE live_code_id = {id} ORDER BY position"),
                await CodeCopies.IdsAsync(connection, null, $"SELECT id FROM channels WHERE live_code_id = {id} ORDER BY id")));
        }

        return codes;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Code(long Id, List<long> Slots, List<long> Channels);

    private sealed class Sums
    {
        public int Scans { get; set; }

        public int New { get; set; }

        public int Visitors { get; set; }

        public int Presses { get; set; }

        public int NewPressers { get; set; }

        /// <summary>By the number of the client.</summary>
        public int[] Devices { get; } = new int[5];
    }
}
