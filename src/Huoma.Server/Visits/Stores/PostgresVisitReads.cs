using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Npgsql;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// The first round trip of a batch on PostgreSQL. Locked are, always in this order and each in ascending order: this process's own
/// row of the ledger; the codes that count seats; the visitors who may have come before, so that two of one visitor's requests
/// never decide at once; a new visitor is known to nobody else yet. Reads come after the locks and see what was committed before.
/// Every probe is LATERAL with a LIMIT: as a plain join, the planner of a young database reads the whole table.
/// </summary>
internal sealed class PostgresVisitReads(NpgsqlConnection connection, int node)
{
    /// <summary>A lock all batches share; who counts seats for the first time takes it alone, when no visit is under way uncounted.</summary>
    private const string ShareSeats = "SELECT pg_advisory_xact_lock_shared(480480, 0)";
    private const string OwnSeats = "SELECT pg_advisory_xact_lock(480480, 0)";

    private const string Ledger = "UPDATE commit_ledger SET batch = $2 WHERE node = $1";

    private const string LockCodes = "SELECT id FROM live_codes WHERE id = ANY($1) AND seat_cap IS NOT NULL ORDER BY id FOR NO KEY UPDATE";

    private const string LockVisitors = "SELECT count(pg_advisory_xact_lock(id)) FROM unnest($1) AS id";

    private const string ReadSlots = """
        SELECT s.live_code_id, s.id, s.round, s.enabled, s.expires_at, s.threshold, coalesce(c.press_visitors, 0), c.seats_taken
        FROM unnest($1) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM slots WHERE live_code_id = wanted.id AND deleted_at IS NULL ORDER BY position, id LIMIT 1000) s
        LEFT JOIN LATERAL (
            SELECT press_visitors, seats_taken FROM slot_counts WHERE slot_id = s.id AND round = s.round LIMIT 1) c ON true
        ORDER BY s.live_code_id, s.position, s.id
        """;

    // After the slots: an edit in between then shows as a newer version, and the page is made from what it left.
    private const string ReadCodes = """
        SELECT c.id, c.tenant_id, c.version, c.status, c.deleted_at IS NOT NULL, c.sticky, c.welcome_enabled, c.seat_cap, c.seat_lease_minutes
        FROM unnest($1) AS wanted (id) CROSS JOIN LATERAL (SELECT * FROM live_codes WHERE id = wanted.id LIMIT 1) c
        """;

    private const string ReadVisitors = """
        SELECT v.visitor_id, v.live_code_id, v.slot_id, v.round, v.is_bound, v.last_scan_on, v.last_shown_on, v.last_press_on, v.presses, v.leased_until
        FROM unnest($1, $2) AS wanted (visitor_id, live_code_id)
        CROSS JOIN LATERAL (
            SELECT * FROM slot_visitors WHERE visitor_id = wanted.visitor_id AND live_code_id = wanted.live_code_id LIMIT 10000) v
        """;

    private const string ReadPresses = """
        SELECT wanted.visitor_id, wanted.press_id, wanted.live_code_id
        FROM unnest($1, $2, $3) AS wanted (visitor_id, press_id, live_code_id)
        CROSS JOIN LATERAL (
            SELECT 1 FROM presses WHERE visitor_id = wanted.visitor_id AND press_id = wanted.press_id LIMIT 1) p
        """;

    private const string ReturnSeats = """
        UPDATE slot_visitors SET leased_until = -1 WHERE ctid = ANY (ARRAY(
            SELECT v.ctid FROM unnest($1) AS wanted (id)
            CROSS JOIN LATERAL (
                SELECT ctid FROM slot_visitors WHERE live_code_id = wanted.id AND leased_until > 0 AND leased_until <= $2 LIMIT 1000) v))
        RETURNING live_code_id, visitor_id, slot_id, round
        """;

    private readonly HashSet<LiveCodeId> locked = [];

    /// <summary>Begins the transaction and loads what the batch needs to decide.</summary>
    public void Load(VisitBatch batch)
    {
        // Once more when a cap was switched on between two of the statements; a third time alone when its seats have to be counted.
        var counts = false;
        for (var attempt = 1; !TryLoad(batch, counts, out counts); attempt++)
        {
            if (attempt == 4)
            {
                throw new InvalidOperationException("The codes of a batch were changed again and again while it was loaded.");
            }

            batch.Codes.Clear();
            Run("ROLLBACK");
        }
    }

    /// <summary>Leases that have run out give their seats back. Their codes are locked.</summary>
    public void ReturnLeasedSeats(VisitBatch batch, Moment moment)
    {
        var leased = batch.Codes.Values.Where(code => code.Visits.SeatsAreLeased).Select(code => code.Visits.Id.Value).ToArray();
        if (leased.Length == 0)
        {
            return;
        }

        using var commands = new NpgsqlBatch(connection);
        commands.Add(ReturnSeats, leased, moment.Now.ToUnixTimeMilliseconds());
        using var reader = commands.ExecuteReader();
        while (reader.Read())
        {
            batch.Codes[new LiveCodeId(reader.GetInt64(0))].Visits.ReturnSeat(reader.GetInt64(1), new SlotId(reader.GetInt64(2)), reader.GetInt32(3));
        }
    }

    private bool TryLoad(VisitBatch batch, bool alone, out bool mustCount)
    {
        using (var commands = new NpgsqlBatch(connection))
        {
            AddTo(commands, batch, alone);
            using var reader = commands.ExecuteReader();
            Read(batch, reader);
        }

        var capped = batch.Codes.Values.Where(code => code.Visits.Slots.Any(slot => slot.SeatCap is not null)).ToList();
        var uncounted = capped.SelectMany(code => code.Visits.Slots.Where((_, at) => code.StoredSeats[at] is null), (code, slot) => (Code: code, Slot: slot)).ToList();
        mustCount = uncounted.Count > 0;
        if (!capped.TrueForAll(code => locked.Contains(code.Visits.Id)) || (mustCount && !alone))
        {
            return false;
        }

        uncounted.ForEach(found => found.Slot.CountSeats(SeatsTaken(found.Code.Visits.Id, found.Slot)));
        return true;
    }

    private void AddTo(NpgsqlBatch commands, VisitBatch batch, bool alone)
    {
        var codes = batch.CodeIds.Select(id => id.Value).ToArray();
        var visitors = batch.KnownVisitors.Select(known => known.VisitorId).ToArray();
        commands.Add("BEGIN");
        commands.Add(Ledger, node, batch.Number);
        commands.Add(alone ? OwnSeats : ShareSeats);
        commands.Add(LockCodes, codes);
        if (visitors.Length > 0)
        {
            commands.Add(LockVisitors, visitors);
        }

        commands.Add(ReadSlots, codes);
        commands.Add(ReadCodes, codes);
        commands.Add(ReadVisitors, visitors, batch.KnownVisitors.Select(known => known.LiveCodeId.Value).ToArray());
        commands.Add(
            ReadPresses,
            batch.Presses.Select(press => press.VisitorId).ToArray(), batch.Presses.Select(press => press.PressId).ToArray(),
            batch.Presses.Select(press => press.LiveCodeId.Value).ToArray());
    }

    private void Read(VisitBatch batch, NpgsqlDataReader reader)
    {
        reader.NextResult();
        locked.Clear();
        while (reader.Read())
        {
            locked.Add(new LiveCodeId(reader.GetInt64(0)));
        }

        if (batch.KnownVisitors.Count > 0)
        {
            reader.NextResult();
        }

        reader.NextResult();
        var slots = new Dictionary<LiveCodeId, List<SlotRow>>();
        while (reader.Read())
        {
            var id = new LiveCodeId(reader.GetInt64(0));
            if (!slots.TryGetValue(id, out var rows))
            {
                slots.Add(id, rows = []);
            }

            rows.Add(new SlotRow(
                new SlotId(reader.GetInt64(1)), reader.GetInt32(2), reader.GetBoolean(3), reader.GetInt64(4), reader.GetInt32(5), reader.GetInt64(6),
                reader.IsDBNull(7) ? null : reader.GetInt64(7)));
        }

        reader.NextResult();
        while (reader.Read())
        {
            var id = new LiveCodeId(reader.GetInt64(0));
            batch.Codes.Add(id, CodeOf(id, reader, slots.GetValueOrDefault(id, [])));
        }

        reader.NextResult();
        ReadKnown(batch, reader);
    }

    private static LoadedCode CodeOf(LiveCodeId id, NpgsqlDataReader reader, List<SlotRow> slots)
    {
        var seats = new SeatRules(reader.IsDBNull(7) ? null : reader.GetInt32(7), reader.IsDBNull(8) ? null : reader.GetInt32(8));
        var rules = new RotationRules((LiveCodeStatus)reader.GetInt32(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6), seats.Lease);
        var states = slots.ConvertAll(row => new SlotState(
            row.Id, row.Round, row.Enabled, DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt), row.Threshold, row.PressVisitors, seats.Cap, row.SeatsTaken ?? 0));
        return new LoadedCode(
            new TenantId(reader.GetInt64(1)), reader.GetInt64(2), new LiveCodeVisits(id, rules, states), slots.ConvertAll(row => row.SeatsTaken));
    }

    private static void ReadKnown(VisitBatch batch, NpgsqlDataReader reader)
    {
        while (reader.Read())
        {
            if (batch.Codes.TryGetValue(new LiveCodeId(reader.GetInt64(1)), out var code))
            {
                code.Visits.Knows(new SlotVisitor(reader.GetInt64(0), new SlotId(reader.GetInt64(2)), reader.GetInt32(3))
                {
                    IsBound = reader.GetBoolean(4),
                    LastScanOn = reader.GetInt32(5),
                    LastShownOn = reader.GetInt32(6),
                    LastPressOn = reader.GetInt32(7),
                    Presses = reader.GetInt32(8),
                    LeasedUntil = reader.GetInt64(9),
                });
            }
        }

        reader.NextResult();
        while (reader.Read())
        {
            if (batch.Codes.TryGetValue(new LiveCodeId(reader.GetInt64(2)), out var code))
            {
                code.Visits.KnowsPress(reader.GetInt64(0), reader.GetInt64(1));
            }
        }
    }

    private long SeatsTaken(LiveCodeId id, SlotState slot)
    {
        using var command = new NpgsqlCommand($"SELECT ({VisitSql.SeatsTaken("$1", "$2", "$3")})::bigint", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = slot.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = slot.Round });
        return command.ExecuteScalar() is long taken ? taken : 0;
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private sealed record SlotRow(SlotId Id, int Round, bool Enabled, long ExpiresAt, int Threshold, long PressVisitors, long? SeatsTaken);
}
