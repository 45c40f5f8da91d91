using Microsoft.Data.Sqlite;

namespace Huoma.Server.Visits.Stores;

/// <summary>A prepared statement whose parameters are named @a, @b, … in their order.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand command;
    private readonly SqliteParameter[] parameters;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        command = new SqliteCommand(sql, connection);
        for (var letter = 'a'; sql.Contains($"@{letter}", StringComparison.Ordinal); letter++)
        {
            command.Parameters.Add(new SqliteParameter($"@{letter}", null));
        }

        parameters = [.. command.Parameters.Cast<SqliteParameter>()];
        command.Prepare();
    }

    public SqliteDataReader Query(params ReadOnlySpan<long> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            parameters[at].Value = values[at];
        }

        return command.ExecuteReader();
    }

    public void Execute(params ReadOnlySpan<object> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            parameters[at].Value = values[at];
        }

        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
