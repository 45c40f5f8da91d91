using Huoma.Server.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Moves what is in SQLite's write-ahead log into the database file beside the writer, which would otherwise stop for it every thousand pages.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Database database;
    private readonly ILogger<SqliteCheckpoints> log;
    private readonly ManualResetEventSlim stopped = new();
    private readonly Thread thread;

    public SqliteCheckpoints(Database database, ILogger<SqliteCheckpoints> log)
    {
        this.database = database;
        this.log = log;
        thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        thread.Start();
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
                using var command = new SqliteCommand("PRAGMA wal_checkpoint(PASSIVE)", connection);
                command.ExecuteNonQuery();
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

    private SqliteConnection Open()
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        opened.Open();
        SqliteWaiting.Apply(opened);
        return opened;
    }
}
