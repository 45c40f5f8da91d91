using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Batches on SQLite: one connection, prepared point statements, <c>synchronous = FULL</c>, so that a commit is on the disk when it returns.
/// The write lock is taken at the start (BEGIN IMMEDIATE); edits from the console wait for it and it for them.
/// </summary>
internal sealed class SqliteVisitStore(Database database, TimeProvider time, Calendar calendar, int node) : IVisitStore
{
    private Session? session;

    public void Commit(VisitBatch batch)
    {
        try
        {
            session ??= new Session(database);
            Commit(batch, session);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        session?.Dispose();
        session = null;
    }

    private void Commit(VisitBatch batch, Session session)
    {
        session.Begin();
        foreach (var id in batch.CodeIds)
        {
            session.LoadCode(batch, id);
        }

        foreach (var (visitorId, liveCodeId) in batch.KnownVisitors)
        {
            session.LoadVisitor(batch, visitorId, liveCodeId);
        }

        foreach (var press in batch.Presses)
        {
            session.LoadPress(batch, press);
        }

        batch.Decide(calendar.At(time.GetUtcNow()));
        foreach (var code in batch.Codes.Values)
        {
            session.Save(code, node);
        }

        try
        {
            session.Commit();
        }
        catch (SqliteException exception)
        {
            // After a failed sync nobody knows what is on the disk.
            throw new CommitUnknownException(exception);
        }
    }

    /// <summary>The connection with its prepared statements.</summary>
    private sealed class Session : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Statement begin;
        private readonly Statement commit;
        private readonly Statement code;
        private readonly Statement slots;
        private readonly Statement visitor;
        private readonly Statement press;
        private readonly Statement insertVisit;
        private readonly Statement saveVisitor;
        private readonly Statement insertPress;
        private readonly Statement countSlot;
        private readonly Statement countHour;

        public Session(Database database)
        {
            // Not from the pool: closing it has to roll back what a failed batch left open.
            connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
            connection.Open();
            SqliteWaiting.Apply(connection);
            using (var pragma = new SqliteCommand("PRAGMA synchronous = FULL", connection))
            {
                pragma.ExecuteNonQuery();
            }

            begin = new(connection, "BEGIN IMMEDIATE");
            commit = new(connection, "COMMIT");
            code = new(connection, "SELECT tenant_id, version, status, deleted_at IS NOT NULL, sticky, welcome_enabled FROM live_codes WHERE id = @a");
            slots = new(
                connection,
                """
                SELECT s.id, s.round, s.enabled, s.expires_at, s.threshold, coalesce(c.press_visitors, 0)
                FROM slots s LEFT JOIN slot_counts c ON c.slot_id = s.id AND c.round = s.round
                WHERE s.live_code_id = @a AND s.deleted_at IS NULL ORDER BY s.position, s.id
                """);
            visitor = new(
                connection,
                "SELECT slot_id, round, is_bound, last_scan_on, last_shown_on, last_press_on, presses FROM slot_visitors WHERE visitor_id = @a AND live_code_id = @b");
            press = new(connection, "SELECT 1 FROM presses WHERE visitor_id = @a AND press_id = @b");
            insertVisit = new(connection, $"INSERT INTO visits ({VisitSql.VisitColumns}) VALUES ({Parameters(10)})");
            saveVisitor = new(connection, $"INSERT INTO slot_visitors ({VisitSql.VisitorColumns}) VALUES ({Parameters(10)}) {VisitSql.VisitorConflict}");
            insertPress = new(connection, $"INSERT INTO presses ({VisitSql.PressColumns}) VALUES ({Parameters(8)})");
            countSlot = new(connection, $"INSERT INTO slot_counts ({VisitSql.SlotCountColumns}) VALUES ({Parameters(5)}) {VisitSql.SlotCountConflict}");
            countHour = new(connection, $"INSERT INTO visit_counts ({VisitSql.HourColumns}) VALUES ({Parameters(18)}) {VisitSql.HourConflict}");
        }

        public void Begin() => begin.Execute();

        public void Commit() => commit.Execute();

        public void LoadCode(VisitBatch batch, LiveCodeId id)
        {
            TenantId tenantId;
            long version;
            RotationRules rules;
            using (var row = code.Query(id.Value))
            {
                if (!row.Read())
                {
                    return;
                }

                tenantId = new TenantId(row.GetInt64(0));
                version = row.GetInt64(1);
                rules = new RotationRules((LiveCodeStatus)row.GetInt32(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5));
            }

            var states = new List<SlotState>();
            using (var row = slots.Query(id.Value))
            {
                while (row.Read())
                {
                    states.Add(new SlotState(
                        new SlotId(row.GetInt64(0)), row.GetInt32(1), row.GetBoolean(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetInt32(4), row.GetInt64(5)));
                }
            }

            batch.Codes.Add(id, new LoadedCode(tenantId, version, new LiveCodeVisits(id, rules, states)));
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
                loaded.Visits.Knows(new SlotVisitor(visitorId, new SlotId(row.GetInt64(0)), row.GetInt32(1))
                {
                    IsBound = row.GetBoolean(2),
                    LastScanOn = row.GetInt32(3),
                    LastShownOn = row.GetInt32(4),
                    LastPressOn = row.GetInt32(5),
                    Presses = row.GetInt32(6),
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

        public void Save(LoadedCode code, int node)
        {
            var visits = code.Visits;
            foreach (var row in visits.NewVisits)
            {
                insertVisit.Execute(
                    code.TenantId.Value, visits.Id.Value, row.VisitorId, row.ChannelId, row.SlotId.Value, row.Round, (int)row.Kind, (int)row.Client, row.Reason, row.At.ToUnixTimeMilliseconds());
            }

            foreach (var row in visits.ChangedVisitors)
            {
                saveVisitor.Execute(
                    row.VisitorId, visits.Id.Value, row.SlotId.Value, row.Round, code.TenantId.Value, row.IsBound, row.LastScanOn, row.LastShownOn, row.LastPressOn, row.Presses);
            }

            foreach (var row in visits.NewPresses)
            {
                insertPress.Execute(
                    row.VisitorId, row.PressId, code.TenantId.Value, visits.Id.Value, row.SlotId.Value, row.Round, row.ChannelId, row.At.ToUnixTimeMilliseconds());
            }

            foreach (var (key, counts) in visits.Counted)
            {
                if (counts.NewPressers > 0)
                {
                    countSlot.Execute(key.SlotId.Value, key.Round, code.TenantId.Value, visits.Id.Value, counts.NewPressers);
                }

                countHour.Execute(
                    visits.Id.Value, key.Hour.ToUnixTimeMilliseconds(), key.ChannelId, key.SlotId.Value, key.Round, node, code.TenantId.Value,
                    counts.Scans, counts.NewVisitors, counts.DayVisitors, counts.Shows, counts.NewShown, counts.DayShown,
                    counts.Presses, counts.NewPressers, counts.DayPressers, counts.NewCodePressers, counts.DayCodePressers);
            }
        }

        public void Dispose()
        {
            Statement[] all = [begin, commit, code, slots, visitor, press, insertVisit, saveVisitor, insertPress, countSlot, countHour];
            Array.ForEach(all, statement => statement.Dispose());
            connection.Dispose();
        }
    }

    /// <summary>A prepared statement whose parameters are named @a, @b, … in their order.</summary>
    private sealed class Statement : IDisposable
    {
        private readonly SqliteCommand command;

        public Statement(SqliteConnection connection, string sql)
        {
            command = new SqliteCommand(sql, connection);
            for (var letter = 'a'; sql.Contains($"@{letter}", StringComparison.Ordinal); letter++)
            {
                command.Parameters.Add(new SqliteParameter($"@{letter}", null));
            }

            command.Prepare();
        }

        public SqliteDataReader Query(params ReadOnlySpan<long> values)
        {
            for (var at = 0; at < values.Length; at++)
            {
                command.Parameters[at].Value = values[at];
            }

            return command.ExecuteReader();
        }

        public void Execute(params ReadOnlySpan<object> values)
        {
            for (var at = 0; at < values.Length; at++)
            {
                command.Parameters[at].Value = values[at];
            }

            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(0, count).Select(at => $"@{(char)('a' + at)}"));
}
