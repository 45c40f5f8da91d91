using Huoma.Server.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Moves what is in SQLite's write-ahead log into the database file beside the writer, which would otherwise stop for it every thousand pages.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>64 MB in pages of 4 KB: past this the writer itself has to stop for a moment, for beside a writer who never rests the log never ends.</summary>
    private const long MaxFrames = 16_384;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Database database;
    private readonly ILogger log;
    private readonly ManualResetEventSlim stopped = new();
    private readonly Thread thread;
    private volatile bool logIsLong;

    public SqliteCheckpoints(Database database, ILogger log)
    {
        this.database = database;
        this.log = log;
        thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        thread.Start();
    }

    /// <summary>To be called by the writer between two batches: begins the log anew when it has grown long.</summary>
    public void MakeRoom(SqliteConnection writer)
    {
        if (!logIsLong)
        {
            return;
        }

        logIsLong = false;
        try
        {
            Run(writer, "PRAGMA wal_checkpoint(RESTART)");
        }
        catch (SqliteException exception)
        {
            // What was committed before it is none the less committed.
            log.CheckpointFailed(exception);
        }
    }

    public void Dispose()
    {
        stopped.Set();
        thread.Join();
        stopped.Dispose();
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        while (!stopped.Wait(Every))
        {
            try
            {
                connection ??= Open();
                logIsLong = Run(connection, "PRAGMA wal_checkpoint(PASSIVE)") > MaxFrames;
            }
            catch (SqliteException exception)
            {
                // Nothing is lost: what is in the log stays there, and the next round tries again.
                log.CheckpointFailed(exception);
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    /// <summary>How many pages the log holds.</summary>
    private static long Run(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(1) : 0;
    }

    private SqliteConnection Open()
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        opened.Open();
        SqliteWaiting.Apply(opened);
        return opened;
    }
}
