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
internal sealed class PostgresVisitReads(NpgsqlConnection connection, int node, PostgresMemory memory)
{
    private const string Begin = "UPDATE commit_ledger SET batch = $2 WHERE node = $1 RETURNING node, epoch";

    /// <summary>
    /// Who counts seats for the first time does it alone, when no visit is under way uncounted: it waits for every writer's batch, and those that begin
    /// meanwhile wait for it. One at a time, for they take each other's rows.
    /// </summary>
    private const string OneCounts = "SELECT pg_advisory_xact_lock(480480, 0)";
    private const string BeginAlone = "UPDATE commit_ledger SET batch = CASE WHEN node = $1 THEN $2 ELSE batch END, epoch = epoch + 1 RETURNING node, epoch";

    private const string LockCodes = "SELECT count(*) FROM (SELECT 1 FROM live_codes WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE) locked";

    private const string LockVisitors = "SELECT count(pg_advisory_xact_lock(id)) FROM unnest($1) AS id";

    private const string ReadCounts = """
        SELECT c.slot_id, c.round, c.press_visitors, c.seats_taken
        FROM unnest($1, $2) AS wanted (slot_id, round)
        CROSS JOIN LATERAL (SELECT * FROM slot_counts WHERE slot_id = wanted.slot_id AND round = wanted.round LIMIT 1) c
        """;

    // After the counts: an edit in between then shows as a newer version, and everything is read again.
    private const string ReadVersions = """
        SELECT wanted.id, c.version
        FROM unnest($1) AS wanted (id) CROSS JOIN LATERAL (SELECT version + laps AS version FROM live_codes WHERE id = wanted.id LIMIT 1) c
        """;

    private static readonly string ReadPressTotals = $"SELECT wanted.id, ({VisitSql.PressesOf("wanted.id")})::bigint FROM unnest($1) AS wanted (id)";

    private const string ReadSlots = """
        SELECT s.live_code_id, s.id, s.round, s.enabled, s.expires_at, s.threshold, coalesce(c.press_visitors, 0), c.seats_taken, s.last_round, s.members_left
        FROM unnest($1) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM slots WHERE live_code_id = wanted.id AND deleted_at IS NULL ORDER BY position, id LIMIT 1000) s
        LEFT JOIN LATERAL (
            SELECT press_visitors, seats_taken FROM slot_counts WHERE slot_id = s.id AND round = s.round LIMIT 1) c ON true
        ORDER BY s.live_code_id, s.position, s.id
        """;

    // After the slots, for the same reason: the page is made from what that edit left.
    private static readonly string ReadCodes = $"""
        SELECT c.* FROM unnest($1) AS wanted (id)
        CROSS JOIN LATERAL (SELECT id, {VisitSql.CodeColumns}, ({VisitSql.PressesOf("live_codes.id")})::bigint FROM live_codes WHERE id = wanted.id LIMIT 1) c
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

    private HashSet<LiveCodeId> locked = [];

    /// <summary>Begins the transaction and loads what the batch needs to decide.</summary>
    public void Load(VisitBatch batch)
    {
        // Once more when a code turns out to count seats, which is known only now; a third time alone when they have to be counted.
        var mustCount = false;
        for (var attempt = 1; !TryLoad(batch, mustCount, out mustCount); attempt++)
        {
            if (attempt == 4)
            {
                throw new InvalidOperationException("The codes of a batch were changed again and again while it was loaded.");
            }

            batch.Codes.Clear();
            using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            rollback.ExecuteNonQuery();
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

        using var commands = new PostgresCommands(connection);
        commands.Read(
            ReturnSeats,
            reader => batch.Codes[new LiveCodeId(reader.GetInt64(0))].Visits.ReturnSeat(reader.GetInt64(1), new SlotId(reader.GetInt64(2)), reader.GetInt32(3)),
            leased, moment.Now.ToUnixTimeMilliseconds());
        commands.Execute();
    }

    private bool TryLoad(VisitBatch batch, bool alone, out bool mustCount)
    {
        locked = [.. batch.CodeIds.Where(id => memory.Codes.TryGetValue(id, out var code) && code.Seats.Cap is not null)];
        Read(batch, alone);
        var capped = batch.Codes.Values.Where(code => memory.Codes[code.Visits.Id].Seats.Cap is not null).ToList();
        var uncounted = capped.SelectMany(code => code.Visits.Slots.Where((_, at) => code.StoredSeats[at] is null), (code, slot) => (Code: code, Slot: slot)).ToList();
        mustCount = uncounted.Count > 0;
        if (!capped.TrueForAll(code => locked.Contains(code.Visits.Id)) || (mustCount && !alone))
        {
            return false;
        }

        uncounted.ForEach(found => found.Slot.CountSeats(SeatsTaken(found.Code.Visits.Id, found.Slot)));
        return true;
    }

    private void Read(VisitBatch batch, bool alone)
    {
        var found = new Found();
        using (var commands = new PostgresCommands(connection))
        {
            AddLocks(commands, batch, alone);
            AddReads(commands, batch, found);
            commands.Execute();
        }

        foreach (var (id, version) in found.Versions)
        {
            if (memory.Codes.TryGetValue(id, out var code) && code.Version == version)
            {
                batch.Codes.Add(id, code.With(memory.Counts, found.PressTotals.GetValueOrDefault(id)));
            }
        }

        // What the store knows of the visitors comes before the codes that have to be read anew, so it is kept until then.
        if (found.Versions.ConvertAll(read => read.Id).FindAll(id => !batch.Codes.ContainsKey(id)) is { Count: > 0 } changed)
        {
            ReadChanged(batch, changed);
        }

        found.Visitors.ForEach(row => batch.Codes.GetValueOrDefault(row.Id)?.Visits.Knows(row.Visitor));
        found.Presses.ForEach(press => batch.Codes.GetValueOrDefault(press.Id)?.Visits.KnowsPress(press.VisitorId, press.PressId));
    }

    private void AddLocks(PostgresCommands commands, VisitBatch batch, bool alone)
    {
        commands.Add("BEGIN");
        if (alone)
        {
            commands.Lock(OneCounts);
        }

        commands.Read(alone ? BeginAlone : Begin, ReadEpoch, node, batch.Number);
        if (locked.Count > 0)
        {
            commands.Lock(LockCodes, Values(locked));
        }

        if (batch.KnownVisitors.Count > 0)
        {
            commands.Lock(LockVisitors, batch.KnownVisitors.Select(known => known.VisitorId).ToArray());
        }
    }

    private void ReadEpoch(NpgsqlDataReader reader)
    {
        if (reader.GetInt32(0) == node)
        {
            memory.Epoch = reader.GetInt64(1);
        }
    }

    /// <summary>Only what there is something to ask of: each statement costs as much as the visits of several people.</summary>
    private void AddReads(PostgresCommands commands, VisitBatch batch, Found found)
    {
        if (Values(batch.CodeIds.Where(id => memory.Codes.TryGetValue(id, out var code) && code.CountsPresses)) is { Length: > 0 } counting)
        {
            commands.Read(ReadPressTotals, reader => found.PressTotals.Add(new LiveCodeId(reader.GetInt64(0)), reader.GetInt64(1)), counting);
        }

        if (batch.CodeIds.Where(memory.Codes.ContainsKey).SelectMany(id => memory.Codes[id].Slots).ToList() is { Count: > 0 } slots)
        {
            commands.Read(ReadCounts, AddCount, slots.Select(slot => slot.Id.Value).ToArray(), slots.Select(slot => slot.Round).ToArray());
        }

        commands.Read(ReadVersions, reader => found.Versions.Add((new LiveCodeId(reader.GetInt64(0)), reader.GetInt64(1))), Values(batch.CodeIds));
        if (batch.KnownVisitors.Count > 0)
        {
            commands.Read(
                ReadVisitors, found.AddVisitor,
                batch.KnownVisitors.Select(known => known.VisitorId).ToArray(), batch.KnownVisitors.Select(known => known.LiveCodeId.Value).ToArray());
        }

        if (batch.Presses.Count > 0)
        {
            commands.Read(
                ReadPresses, found.AddPress,
                batch.Presses.Select(press => press.VisitorId).ToArray(), batch.Presses.Select(press => press.PressId).ToArray(),
                batch.Presses.Select(press => press.LiveCodeId.Value).ToArray());
        }
    }

    private void AddCount(NpgsqlDataReader reader) =>
        memory.Counts[(new SlotId(reader.GetInt64(0)), reader.GetInt32(1))] = new SlotCount(reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3));

    private void ReadChanged(VisitBatch batch, List<LiveCodeId> changed)
    {
        var slots = changed.ToDictionary(id => id, _ => new List<StoredSlot>());
        var counts = new Dictionary<(SlotId, int), SlotCount>();
        using var commands = new PostgresCommands(connection);
        commands.Read(
            ReadSlots,
            reader =>
            {
                var slot = new StoredSlot(
                    new SlotId(reader.GetInt64(1)), reader.GetInt32(2), reader.GetBoolean(3), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)), reader.GetInt32(5),
                    reader.GetInt32(8), reader.IsDBNull(9) ? null : reader.GetInt32(9));
                slots[new LiveCodeId(reader.GetInt64(0))].Add(slot);
                counts.Add((slot.Id, slot.Round), new SlotCount(reader.GetInt64(6), reader.IsDBNull(7) ? null : reader.GetInt64(7)));
            },
            Values(changed));
        commands.Read(
            ReadCodes,
            reader =>
            {
                var code = CodeOf(reader, slots);
                memory.Remember(code, counts);
                batch.Codes.Add(code.Id, code.With(counts, reader.GetInt64(13)));
            },
            Values(changed));
        commands.Execute();
    }

    private static StoredCode CodeOf(NpgsqlDataReader reader, Dictionary<LiveCodeId, List<StoredSlot>> slots)
    {
        var id = new LiveCodeId(reader.GetInt64(0));
        var seats = new SeatRules(reader.IsDBNull(7) ? null : reader.GetInt32(7), reader.IsDBNull(8) ? null : reader.GetInt32(8));
        var handOver = StoredCode.HandOverOf(reader.IsDBNull(10) ? null : reader.GetInt64(10), reader.GetInt32(11), reader.GetInt32(12));
        var rules = new RotationRules(
            (LiveCodeStatus)reader.GetInt32(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6), seats.Lease, handOver, reader.GetBoolean(9));
        return new StoredCode(id, new TenantId(reader.GetInt64(1)), reader.GetInt64(2), rules, seats, slots[id]);
    }

    private static long[] Values(IEnumerable<LiveCodeId> ids) => [.. ids.Select(id => id.Value).Order()];

    private long SeatsTaken(LiveCodeId id, SlotState slot)
    {
        using var command = new NpgsqlCommand($"SELECT ({VisitSql.SeatsTaken("$1", "$2", "$3")})::bigint", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = slot.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = slot.Round });
        return command.ExecuteScalar() is long taken ? taken : 0;
    }

    /// <summary>What the first round trip brought.</summary>
    private sealed class Found
    {
        public Dictionary<LiveCodeId, long> PressTotals { get; } = [];

        public List<(LiveCodeId Id, long Version)> Versions { get; } = [];

        public List<(LiveCodeId Id, SlotVisitor Visitor)> Visitors { get; } = [];

        public List<(LiveCodeId Id, long VisitorId, long PressId)> Presses { get; } = [];

        public void AddVisitor(NpgsqlDataReader reader) => Visitors.Add((
            new LiveCodeId(reader.GetInt64(1)),
            new SlotVisitor(reader.GetInt64(0), new SlotId(reader.GetInt64(2)), reader.GetInt32(3))
            {
                IsBound = reader.GetBoolean(4),
                LastScanOn = reader.GetInt32(5),
                LastShownOn = reader.GetInt32(6),
                LastPressOn = reader.GetInt32(7),
                Presses = reader.GetInt32(8),
                LeasedUntil = reader.GetInt64(9),
            }));

        public void AddPress(NpgsqlDataReader reader) => Presses.Add((new LiveCodeId(reader.GetInt64(2)), reader.GetInt64(0), reader.GetInt64(1)));
    }
}
