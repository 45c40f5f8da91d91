using Huoma.Domain.Visits;
using Npgsql;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// A rush is of people nobody has seen before, and codes seldom change: such a batch is decided on what is remembered of its codes and stored by a single
/// statement, in one round trip, on condition that this is still so: the versions are the same, the slots shown have room, and no seats were counted since. If
/// not, nothing is written, and the batch takes the long way. What is remembered can be old, what is checked is not: whoever was answered before this
/// statement began is in it. Codes that count seats or presses of their own go the long way always.
/// </summary>
internal sealed class PostgresShortcut(PostgresMemory memory, int node)
{
    /// <summary>Who never came before never pressed, and no seat of his is leased: that much less to send and to add up.</summary>
    private static readonly HashSet<string> Zeros = new(StringComparer.Ordinal)
    {
        "last_press_on", "presses", "leased_until", "new_pressers", "day_pressers", "new_code_pressers", "day_code_pressers", "entrance_new_pressers", "entrance_day_pressers",
    };

    private static readonly Columns Visits = Columns.Of(VisitSql.VisitColumns, first: 9);
    private static readonly Columns Visitors = Columns.Of(VisitSql.VisitorColumns, Visits.End);
    private static readonly Columns Hours = Columns.Of(VisitSql.HourColumns, Visitors.End);

    // The ledger comes first, for the rows are taken from it: who looks there for the outcome waits for the whole statement, or voids it (minus the number).
    private static readonly string Sql = $"""
        WITH unchanged AS MATERIALIZED (
            SELECT NOT EXISTS (
                SELECT FROM unnest($4, $5) AS known (id, version)
                LEFT JOIN LATERAL (SELECT version + laps AS version FROM live_codes WHERE id = known.id LIMIT 1) c ON true
                WHERE c.version IS DISTINCT FROM known.version)
            AND NOT EXISTS (
                SELECT FROM unnest($6, $7, $8) AS shown (slot_id, round, threshold)
                CROSS JOIN LATERAL (SELECT press_visitors FROM slot_counts WHERE slot_id = shown.slot_id AND round = shown.round LIMIT 1) c
                WHERE c.press_visitors >= shown.threshold) AS so),
        ledger AS (
            UPDATE commit_ledger SET batch = $2 WHERE node = $1 AND abs(batch) < $2 AND epoch = $3 AND (SELECT so FROM unchanged) RETURNING node),
        logged AS ({Visits.From("INSERT INTO visits")}),
        met AS ({Visitors.From("INSERT INTO slot_visitors")}),
        counted AS ({Hours.From("INSERT INTO visit_counts")} {VisitSql.AddToHour(VisitSql.Names(VisitSql.HourCounters).Except(Zeros, StringComparer.Ordinal))})
        SELECT count(*) FROM ledger
        """;

    /// <returns>False: it is not for this batch, or something has changed. Nothing was written.</returns>
    /// <exception cref="CommitUnknownException">As <see cref="IVisitStore.Commit"/>.</exception>
    public bool TryCommit(VisitBatch batch, Moment moment, NpgsqlConnection connection)
    {
        if (!batch.IsOfNewcomers || !TryRemember(batch))
        {
            return false;
        }

        batch.Decide(moment);
        return batch.Codes.Values.All(code => code.Visits.EndedRounds.Count == 0) && TrySave(batch, moment, connection);
    }

    private bool TryRemember(VisitBatch batch)
    {
        foreach (var id in batch.CodeIds)
        {
            if (!memory.Codes.TryGetValue(id, out var code) || code.CountsPresses || code.Seats.Cap is not null)
            {
                return false;
            }

            batch.Codes.Add(id, code.With(memory.Counts, presses: 0));
        }

        return true;
    }

    private bool TrySave(VisitBatch batch, Moment moment, NpgsqlConnection connection)
    {
        List<LoadedCode> codes = [.. batch.Codes.Values];
        List<SlotState> shown = [.. codes.Select(code => SlotRotation.NextOf(code.Visits.Slots, moment.Now)).OfType<SlotState>()];
        var rows = new VisitRows(batch, node);
        var stored = 0L;
        using var commands = new PostgresCommands(connection);
        commands.Read(
            Sql, reader => stored = reader.GetInt64(0),
            [
                node, batch.Number, memory.Epoch,
                codes.ConvertAll(code => code.Visits.Id.Value).ToArray(), codes.ConvertAll(code => code.Version).ToArray(),
                shown.ConvertAll(slot => slot.Id.Value).ToArray(), shown.ConvertAll(slot => slot.Round).ToArray(), shown.ConvertAll(slot => slot.Threshold).ToArray(),
                .. Visits.Of(rows.Visits()), .. Visitors.Of(rows.Visitors(areStored: false)), .. Hours.Of(rows.Hours()),
            ]);
        commands.ExecuteAndCommit();
        return stored > 0;
    }

    /// <summary>The columns of a table that are not zero, and the numbers of their arrays among the parameters.</summary>
    private sealed record Columns(string[] All, string[] Given, int First)
    {
        public int End => First + Given.Length;

        public static Columns Of(string columns, int first)
        {
            var all = VisitSql.Names(columns);
            return new Columns(all, [.. all.Where(name => !Zeros.Contains(name))], first);
        }

        /// <summary>Taken from the ledger's row, so that without it nothing is inserted.</summary>
        public string From(string insert)
        {
            string[] zeros = [.. All.Where(Zeros.Contains)];
            var names = string.Join(", ", [.. Given, .. zeros]);
            return $"{insert} ({names}) SELECT {string.Join(", ", [PostgresRows.Unnest(Given, First), .. zeros.Select(_ => "0")])} FROM ledger";
        }

        public IEnumerable<Array> Of(Array[] arrays) => arrays.Where((_, at) => !Zeros.Contains(All[at]));
    }
}
