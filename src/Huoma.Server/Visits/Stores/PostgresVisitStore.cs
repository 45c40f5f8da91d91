using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Npgsql;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Batches on PostgreSQL in two round trips: [BEGIN, lock the codes, read] decide [write, COMMIT]. The rows of the codes are locked in
/// ascending order until the commit, so that processes and edits take turns a code at a time.
/// Every probe is LATERAL with a LIMIT: as a plain join, the planner of a young database reads the whole table.
/// </summary>
internal sealed class PostgresVisitStore(Database database, TimeProvider time, Calendar calendar, int node) : IVisitStore
{
    private const string LockCodes = """
        SELECT id, tenant_id, version, status, deleted_at IS NOT NULL, sticky, welcome_enabled
        FROM live_codes WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE
        """;

    private const string ReadSlots = """
        SELECT s.live_code_id, s.id, s.round, s.enabled, s.expires_at, s.threshold, coalesce(c.press_visitors, 0)
        FROM unnest($1) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM slots WHERE live_code_id = wanted.id AND deleted_at IS NULL ORDER BY position, id LIMIT 1000) s
        LEFT JOIN LATERAL (
            SELECT press_visitors FROM slot_counts WHERE slot_id = s.id AND round = s.round LIMIT 1) c ON true
        ORDER BY s.live_code_id, s.position, s.id
        """;

    private const string ReadVisitors = """
        SELECT v.visitor_id, v.live_code_id, v.slot_id, v.round, v.is_bound, v.last_scan_on, v.last_shown_on, v.last_press_on, v.presses
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

    private NpgsqlConnection? connection;

    public void Commit(VisitBatch batch)
    {
        try
        {
            connection ??= Open();
            Load(batch, connection);
            batch.Decide(calendar.At(time.GetUtcNow()));
            Save(batch, connection);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }

    private NpgsqlConnection Open()
    {
        // Not from the pool: closing it has to roll back what a failed batch left open. A frozen process must not hold its locks for ever.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            Options = "-c idle_in_transaction_session_timeout=1000 -c lock_timeout=3000 -c statement_timeout=3000 -c plan_cache_mode=force_generic_plan",
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
        };
        var opened = new NpgsqlConnection(settings.ToString());
        opened.Open();
        return opened;
    }

    private static void Load(VisitBatch batch, NpgsqlConnection connection)
    {
        var codes = batch.CodeIds.Select(id => id.Value).ToArray();
        using var commands = new NpgsqlBatch(connection);
        Add(commands, "BEGIN");
        Add(commands, LockCodes, codes);
        Add(commands, ReadSlots, codes);
        Add(
            commands, ReadVisitors,
            batch.KnownVisitors.Select(known => known.VisitorId).ToArray(), batch.KnownVisitors.Select(known => known.LiveCodeId.Value).ToArray());
        Add(
            commands, ReadPresses,
            batch.Presses.Select(press => press.VisitorId).ToArray(), batch.Presses.Select(press => press.PressId).ToArray(),
            batch.Presses.Select(press => press.LiveCodeId.Value).ToArray());

        using var reader = commands.ExecuteReader();
        var found = new List<(LiveCodeId Id, TenantId Tenant, long Version, RotationRules Rules)>();
        while (reader.Read())
        {
            var rules = new RotationRules((LiveCodeStatus)reader.GetInt32(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6));
            found.Add((new LiveCodeId(reader.GetInt64(0)), new TenantId(reader.GetInt64(1)), reader.GetInt64(2), rules));
        }

        reader.NextResult();
        var slots = found.ToDictionary(code => code.Id, _ => new List<SlotState>());
        while (reader.Read())
        {
            slots[new LiveCodeId(reader.GetInt64(0))].Add(new SlotState(
                new SlotId(reader.GetInt64(1)), reader.GetInt32(2), reader.GetBoolean(3), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
                reader.GetInt32(5), reader.GetInt64(6)));
        }

        foreach (var (id, tenant, version, rules) in found)
        {
            batch.Codes.Add(id, new LoadedCode(tenant, version, new LiveCodeVisits(id, rules, slots[id])));
        }

        reader.NextResult();
        ReadKnown(batch, reader);
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

    private void Save(VisitBatch batch, NpgsqlConnection connection)
    {
        var rows = new VisitRows(batch, node);
        using var commands = new NpgsqlBatch(connection);
        Insert(commands, $"INSERT INTO visits ({VisitSql.VisitColumns})", "", rows.Visits());
        Insert(commands, $"INSERT INTO slot_visitors ({VisitSql.VisitorColumns})", VisitSql.VisitorConflict, rows.Visitors());
        Insert(commands, $"INSERT INTO presses ({VisitSql.PressColumns})", "", rows.Presses());
        Insert(commands, $"INSERT INTO slot_counts ({VisitSql.SlotCountColumns})", VisitSql.SlotCountConflict, rows.SlotCounts());
        Insert(commands, $"INSERT INTO visit_counts ({VisitSql.HourColumns})", VisitSql.HourConflict, rows.Hours());
        var writes = commands.BatchCommands.Count > 0;
        Add(commands, "COMMIT");
        try
        {
            commands.ExecuteNonQuery();
        }
        catch (NpgsqlException exception) when (writes && exception is not PostgresException)
        {
            // The server said nothing: the commit may have reached it.
            throw new CommitUnknownException(exception);
        }
    }

    private static void Insert(NpgsqlBatch commands, string insert, string conflict, Array[] columns)
    {
        if (columns[0].Length > 0)
        {
            var parameters = string.Join(", ", Enumerable.Range(1, columns.Length).Select(number => $"${number}"));
            Add(commands, $"{insert} SELECT * FROM unnest({parameters}) {conflict}", columns);
        }
    }

    private static void Add(NpgsqlBatch commands, string sql, params ReadOnlySpan<Array> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        commands.BatchCommands.Add(command);
    }
}
