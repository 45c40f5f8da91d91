using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Huoma.Server.Platform.Data;

/// <summary>
/// Lets SQLite itself wait for the write lock: it tries again after one millisecond and then ever more seldom.
/// Without it the provider tries every 150 ms, and an edit hardly gets a turn between the batches of a crowd.
/// </summary>
internal sealed class SqliteWaiting : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA busy_timeout = 10000";

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }
}
