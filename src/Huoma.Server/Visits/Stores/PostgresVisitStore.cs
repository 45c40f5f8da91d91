using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Npgsql;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Batches on PostgreSQL in two round trips: [BEGIN, lock, read] decide [write, COMMIT], or in one (<see cref="PostgresShortcut"/>). Processes do not wait for
/// each other where nothing can go wrong: a code is locked only when it counts seats (<see cref="PostgresVisitReads"/> says what is locked instead).
/// </summary>
/// <param name="patience">How long visitors wait: a statement that takes longer is given up, lest it count whom it no longer answers.</param>
internal sealed class PostgresVisitStore(Database database, TimeProvider time, Calendar calendar, int node, TimeSpan patience) : IVisitStore
{
    private static readonly string InsertVisits = PostgresRows.Insert("INSERT INTO visits", VisitSql.VisitColumns);
    private static readonly string InsertVisitors = PostgresRows.Insert("INSERT INTO slot_visitors", VisitSql.VisitorColumns);
    private static readonly string UpsertVisitors = PostgresRows.Insert("INSERT INTO slot_visitors", VisitSql.VisitorColumns, VisitSql.VisitorConflict);
    private static readonly string InsertPresses = PostgresRows.Insert("INSERT INTO presses", VisitSql.PressColumns);
    private static readonly string AddSlotCounts = PostgresRows.Insert("INSERT INTO slot_counts", VisitSql.SlotCountColumns, VisitSql.SlotCountConflict);
    private static readonly string AddHours = PostgresRows.Insert("INSERT INTO visit_counts", VisitSql.HourColumns, VisitSql.HourConflict);

    /// <summary>Minus a batch's number: it did not take place, and never will.</summary>
    private const string Void = "UPDATE commit_ledger SET batch = -$2 WHERE node = $1 AND abs(batch) < $2";

    private readonly PostgresMemory memory = new();
    private NpgsqlConnection? connection;

    public void Commit(VisitBatch batch)
    {
        try
        {
            connection ??= Open();
            if (new PostgresShortcut(memory, node).TryCommit(batch, calendar.At(time.GetUtcNow()), connection))
            {
                return;
            }

            batch.Codes.Clear();
            var reads = new PostgresVisitReads(connection, node, memory);
            reads.Load(batch);

            // The time of the decision: whatever had to be waited for is over.
            var moment = calendar.At(time.GetUtcNow());
            reads.ReturnLeasedSeats(batch, moment);
            batch.Decide(moment);
            Save(batch, connection);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public bool HasCommitted(VisitBatch batch)
    {
        Dispose();
        connection = Open();

        // The row is locked by the batch before it writes anything: this waits for a transaction that is still ending. One that did not come that far can no longer.
        using var command = new NpgsqlCommand(Void, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch.Number });
        command.ExecuteNonQuery();
        using var ask = new NpgsqlCommand("SELECT batch FROM commit_ledger WHERE node = $1", connection);
        ask.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        return ask.ExecuteScalar() is long last && last == batch.Number;
    }

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
        memory.Forget();
    }

    private NpgsqlConnection Open()
    {
        // Not from the pool: closing it has to roll back what a failed batch left open. A frozen process must not hold its locks for ever.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            Options = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"-c idle_in_transaction_session_timeout=1000 -c lock_timeout=3000 -c statement_timeout={Math.Min(3_000, patience.TotalMilliseconds)} -c plan_cache_mode=force_generic_plan"),
            Timeout = 3,
            CommandTimeout = 5,
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
        };
        var opened = new NpgsqlConnection(settings.ToString());
        try
        {
            opened.Open();
            using var command = new NpgsqlCommand("INSERT INTO commit_ledger (node, batch) VALUES ($1, 0) ON CONFLICT (node) DO NOTHING", opened);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
            command.ExecuteNonQuery();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void Save(VisitBatch batch, NpgsqlConnection connection)
    {
        var rows = new VisitRows(batch, node);
        using var commands = new PostgresCommands(connection);
        Insert(commands, InsertVisits, rows.Visits());
        Insert(commands, InsertVisitors, rows.Visitors(areStored: false));
        Insert(commands, UpsertVisitors, rows.Visitors(areStored: true));
        Insert(commands, InsertPresses, rows.Presses());
        Insert(commands, AddSlotCounts, rows.SlotCounts());
        Insert(commands, AddHours, rows.Hours());
        if (rows.Laps() is { Length: > 0 } laps)
        {
            // Another process may have begun the same rounds: then its update stands, and this one finds none to change.
            commands.Add(SlotRoundStore.CountLap("ANY($1)"), laps);
            commands.Add(SlotRoundStore.BeginRounds, rows.Rounds());
        }

        commands.Add("COMMIT");
        commands.ExecuteAndCommit();
    }

    private static void Insert(PostgresCommands commands, string insert, Array[] columns)
    {
        if (columns[0].Length > 0)
        {
            commands.Add(insert, columns);
        }
    }
}
