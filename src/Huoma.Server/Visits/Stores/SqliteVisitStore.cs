using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Batches on SQLite: one connection, prepared point statements, <c>synchronous = FULL</c>, so that a commit is on the disk when it returns.
/// The write lock is taken at the start (BEGIN IMMEDIATE); edits from the console wait for it and it for them. Codes and slots stay in
/// memory as long as no other connection has written.
/// </summary>
internal sealed class SqliteVisitStore(Database database, TimeProvider time, Calendar calendar, int node, ILogger log) : IVisitStore
{
    private readonly SqliteCheckpoints checkpoints = new(database, log);
    private readonly Dictionary<LiveCodeId, LoadedCode> codes = [];
    private SqliteVisitSession? session;
    private long dataVersion = -1;

    public void Commit(VisitBatch batch)
    {
        try
        {
            Commit(batch, session ??= new SqliteVisitSession(database, node));
        }
        catch
        {
            Close();
            throw;
        }
    }

    public bool HasCommitted(VisitBatch batch)
    {
        Close();
        session = new SqliteVisitSession(database, node);
        return session.LastBatch() == batch.Number;
    }

    public void Dispose()
    {
        Close();
        checkpoints.Dispose();
    }

    private void Close()
    {
        codes.Clear();
        dataVersion = -1;
        session?.Dispose();
        session = null;
    }

    private void Commit(VisitBatch batch, SqliteVisitSession session)
    {
        session.Begin(batch.Number);
        Load(batch, session);

        // The time of the decision: whatever had to be waited for is over.
        var moment = calendar.At(time.GetUtcNow());
        foreach (var code in batch.Codes.Values.Where(code => code.Visits.SeatsAreLeased))
        {
            session.ReturnSeats(code.Visits, moment);
        }

        batch.Decide(moment);
        foreach (var code in batch.Codes.Values)
        {
            session.Save(code);
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

        Keep(batch);
        checkpoints.MakeRoom(session.Connection);
    }

    private void Load(VisitBatch batch, SqliteVisitSession session)
    {
        // The write lock is held: who changed anything did so before, and the data version tells.
        var current = session.DataVersion();
        if (current != dataVersion)
        {
            codes.Clear();
            dataVersion = current;
        }

        foreach (var id in batch.CodeIds)
        {
            if (codes.TryGetValue(id, out var known) || session.LoadCode(id) is { } loaded && codes.TryAdd(id, known = loaded))
            {
                batch.Codes.Add(id, known);
            }
        }

        foreach (var (visitorId, liveCodeId) in batch.KnownVisitors)
        {
            session.LoadVisitor(batch, visitorId, liveCodeId);
        }

        foreach (var press in batch.Presses)
        {
            session.LoadPress(batch, press);
        }
    }

    /// <summary>What was decided is how the slots stand now.</summary>
    private void Keep(VisitBatch batch)
    {
        foreach (var (id, code) in batch.Codes)
        {
            codes[id] = code with { Version = code.VersionNow, Visits = code.Visits.NextBatch(), StoredSeats = code.SeatsToStore() };
        }
    }
}
