using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>The connection of the visits on SQLite, with its prepared statements.</summary>
internal sealed class SqliteVisitSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly int node;
    private readonly List<SqliteStatement> statements = [];
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement ledger;
    private readonly SqliteStatement dataVersion;
    private readonly SqliteStatement code;
    private readonly SqliteStatement slots;
    private readonly SqliteStatement seats;
    private readonly SqliteStatement returnSeats;
    private readonly SqliteStatement visitor;
    private readonly SqliteStatement press;
    private readonly SqliteStatement insertVisit;
    private readonly SqliteStatement saveVisitor;
    private readonly SqliteStatement insertPress;
    private readonly SqliteStatement countSlot;
    private readonly SqliteStatement countHour;
    private readonly SqliteStatement countLap;
    private readonly SqliteStatement beginRound;

    public SqliteVisitSession(Database database, int node)
    {
        this.node = node;

        // Not from the pool: closing it has to roll back what a failed batch left open.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        SqliteWaiting.Apply(connection);
        Run("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536");

        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        ledger = Prepare("INSERT INTO commit_ledger (node, batch) VALUES (?1, ?2) ON CONFLICT (node) DO UPDATE SET batch = excluded.batch");
        dataVersion = Prepare("PRAGMA data_version");
        code = Prepare($"SELECT {VisitSql.CodeColumns}, {VisitSql.PressesOf("live_codes.id")} FROM live_codes WHERE id = ?1");
        slots = Prepare(
            """
            SELECT s.id, s.round, s.enabled, s.expires_at, s.threshold, coalesce(c.press_visitors, 0), c.seats_taken, s.last_round, s.members_left
            FROM slots s LEFT JOIN slot_counts c ON c.slot_id = s.id AND c.round = s.round
            WHERE s.live_code_id = ?1 AND s.deleted_at IS NULL ORDER BY s.position, s.id
            """);
        seats = Prepare($"SELECT {VisitSql.SeatsTaken("?1", "?2", "?3")}");

        // "<> 0" says nothing new, but without it SQLite does not see that the index on leases serves.
        returnSeats = Prepare(
            "UPDATE slot_visitors SET leased_until = -1 WHERE live_code_id = ?1 AND leased_until <> 0 AND leased_until > 0 AND leased_until <= ?2 RETURNING visitor_id, slot_id, round");
        visitor = Prepare(
            """
            SELECT slot_id, round, is_bound, last_scan_on, last_shown_on, last_press_on, presses, leased_until
            FROM slot_visitors WHERE visitor_id = ?1 AND live_code_id = ?2
            """);
        press = Prepare("SELECT 1 FROM presses WHERE visitor_id = ?1 AND press_id = ?2");
        insertVisit = Prepare($"INSERT INTO visits ({VisitSql.VisitColumns}) VALUES ({Parameters(10)})");
        saveVisitor = Prepare($"INSERT INTO slot_visitors ({VisitSql.VisitorColumns}) VALUES ({Parameters(11)}) {VisitSql.VisitorConflict}");
        insertPress = Prepare($"INSERT INTO presses ({VisitSql.PressColumns}) VALUES ({Parameters(8)})");
        countSlot = Prepare($"INSERT INTO slot_counts ({VisitSql.SlotCountColumns}) VALUES ({Parameters(6)}, nullif(?7, -1)) {VisitSql.SlotCountConflict}");
        countHour = Prepare($"INSERT INTO visit_counts ({VisitSql.HourColumns}) VALUES ({Parameters(25)}) {VisitSql.HourConflict}");
        countLap = Prepare(SlotRoundStore.CountLap("?1"));
        beginRound = Prepare(SlotRoundStore.BeginRound("?1", "?2", "?3"));
    }

    public SqliteConnection Connection => connection;

    public void Begin(long batch)
    {
        begin.Execute();
        ledger.Execute(node, batch);
    }

    public void Commit() => commit.Execute();

    /// <summary>The number of the last batch this process has committed.</summary>
    public long LastBatch()
    {
        using var command = new SqliteCommand("SELECT batch FROM commit_ledger WHERE node = @node", connection);
        command.Parameters.AddWithValue("@node", node);
        return command.ExecuteScalar() is long batch ? batch : 0;
    }

    /// <summary>Another number than before: another connection has written.</summary>
    public long DataVersion()
    {
        using var row = dataVersion.Query();
        row.Read();
        return row[0];
    }

    /// <summary>Null when there is no such code.</summary>
    public LoadedCode? LoadCode(LiveCodeId id)
    {
        TenantId tenantId;
        long version;
        RotationRules rules;
        SeatRules seatRules;
        long presses;
        using (var row = code.Query(id.Value))
        {
            if (!row.Read())
            {
                return null;
            }

            tenantId = new TenantId(row[0]);
            version = row[1];
            seatRules = new SeatRules((int?)row.Optional(6), (int?)row.Optional(7));
            var handOver = StoredCode.HandOverOf(row.Optional(9), (int)row[10], row[11]);
            rules = new RotationRules((LiveCodeStatus)row[2], row[3] != 0, row[4] != 0, row[5] != 0, seatRules.Lease, handOver, row[8] != 0);
            presses = row[12];
        }

        var states = new List<SlotState>();
        var stored = new List<long?>();
        using (var row = slots.Query(id.Value))
        {
            while (row.Read())
            {
                stored.Add(row.Optional(6));
                states.Add(new SlotState(
                    new SlotId(row[0]), (int)row[1], row[2] != 0, DateTimeOffset.FromUnixTimeMilliseconds(row[3]), (int)row[4],
                    row[5], seatRules.Cap, stored[^1] ?? 0, (int)row[7], (int?)row.Optional(8)));
            }
        }

        for (var at = 0; at < states.Count; at++)
        {
            if (seatRules.Cap is not null && stored[at] is null)
            {
                states[at].CountSeats(SeatsTaken(id, states[at]));
            }
        }

        return new LoadedCode(tenantId, version, new LiveCodeVisits(id, rules, states, presses), stored);
    }

    public void LoadVisitor(VisitBatch batch, long visitorId, LiveCodeId liveCodeId)
    {
        if (!batch.Codes.TryGetValue(liveCodeId, out var loaded))
        {
            return;
        }

        using var row = visitor.Query(visitorId, liveCodeId.Value);
        while (row.Read())
        {
            loaded.Visits.Knows(new SlotVisitor(visitorId, new SlotId(row[0]), (int)row[1])
            {
                IsBound = row[2] != 0,
                LastScanOn = (int)row[3],
                LastShownOn = (int)row[4],
                LastPressOn = (int)row[5],
                Presses = (int)row[6],
                LeasedUntil = row[7],
            });
        }
    }

    public void LoadPress(VisitBatch batch, VisitCommand command)
    {
        using var row = press.Query(command.VisitorId, command.PressId);
        if (row.Read() && batch.Codes.TryGetValue(command.LiveCodeId, out var loaded))
        {
            loaded.Visits.KnowsPress(command.VisitorId, command.PressId);
        }
    }

    /// <summary>Leases that have run out give their seats back.</summary>
    public void ReturnSeats(LiveCodeVisits visits, Moment moment)
    {
        using var row = returnSeats.Query(visits.Id.Value, moment.Now.ToUnixTimeMilliseconds());
        while (row.Read())
        {
            visits.ReturnSeat(row[0], new SlotId(row[1]), (int)row[2]);
        }
    }

    public void Save(LoadedCode code)
    {
        var visits = code.Visits;
        foreach (var row in visits.NewVisits)
        {
            insertVisit.Execute(
                code.TenantId.Value, visits.Id.Value, row.VisitorId, row.ChannelId, row.SlotId.Value, row.Round, (long)row.Kind, (long)row.Client, row.Reason, row.At.ToUnixTimeMilliseconds());
        }

        foreach (var row in visits.ChangedVisitors)
        {
            saveVisitor.Execute(
                row.VisitorId, visits.Id.Value, row.SlotId.Value, row.Round, code.TenantId.Value, row.IsBound ? 1 : 0, row.LastScanOn, row.LastShownOn, row.LastPressOn, row.Presses,
                row.LeasedUntil);
        }

        foreach (var row in visits.NewPresses)
        {
            insertPress.Execute(
                row.VisitorId, row.PressId, code.TenantId.Value, visits.Id.Value, row.SlotId.Value, row.Round, row.ChannelId, row.At.ToUnixTimeMilliseconds());
        }

        foreach (var (slotId, round, pressers, presses, seatsTaken) in code.SlotChanges())
        {
            countSlot.Execute(slotId.Value, round, code.TenantId.Value, visits.Id.Value, pressers, presses, seatsTaken ?? -1);
        }

        foreach (var (key, counts) in visits.Counted)
        {
            countHour.Execute(
                visits.Id.Value, key.Hour.ToUnixTimeMilliseconds(), key.ChannelId, key.SlotId.Value, key.Round, node, code.TenantId.Value,
                counts.Scans, counts.NewVisitors, counts.DayVisitors, counts.Shows, counts.NewShown, counts.DayShown,
                counts.Presses, counts.NewPressers, counts.DayPressers, counts.NewCodePressers, counts.DayCodePressers,
                counts.EntranceNewVisitors, counts.EntranceDayVisitors, counts.EntranceNewPressers, counts.EntranceDayPressers,
                counts.ScansIos, counts.ScansAndroid, counts.ScansWeCom);
        }

        SaveRounds(visits);
    }

    private void SaveRounds(LiveCodeVisits visits)
    {
        if (visits.EndedRounds.Count == 0)
        {
            return;
        }

        countLap.Execute(visits.Id.Value);
        foreach (var slot in visits.Slots)
        {
            if (visits.EndedRounds.TryGetValue(slot.Id, out var ended))
            {
                beginRound.Execute(slot.Id.Value, ended, slot.Round);
            }
        }
    }

    public void Dispose()
    {
        statements.ForEach(statement => statement.Dispose());
        connection.Dispose();
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(number => $"?{number}"));

    private long SeatsTaken(LiveCodeId id, SlotState slot)
    {
        using var row = seats.Query(id.Value, slot.Id.Value, slot.Round);
        row.Read();
        return row[0];
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(connection, sql);
        statements.Add(statement);
        return statement;
    }

    private void Run(string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
