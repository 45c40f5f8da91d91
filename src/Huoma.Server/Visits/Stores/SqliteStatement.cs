using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// A prepared statement of numbers. Below the provider, for it looks every parameter up by its name and makes a reader for every row,
/// which costs more than SQLite itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;

    /// <summary>What is bound: values outlive a reset, and most of one visit are those of the visit before.</summary>
    private readonly long?[] bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        this.connection = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(this.connection, sql, out statement), this.connection);
        bound = new long?[raw.sqlite3_bind_parameter_count(statement)];
    }

    /// <summary>Runs it with values for ?1, ?2, … in their order.</summary>
    public void Execute(params ReadOnlySpan<long> values)
    {
        using var rows = Query(values);
        rows.Read();
    }

    /// <summary>To be disposed of before the statement is used again.</summary>
    public Rows Query(params ReadOnlySpan<long> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            if (bound[at] != values[at])
            {
                raw.sqlite3_bind_int64(statement, at + 1, values[at]);
                bound[at] = values[at];
            }
        }

        return new Rows(this);
    }

    public void Dispose() => statement.Dispose();

    internal readonly ref struct Rows(SqliteStatement owner)
    {
        public long this[int column] => raw.sqlite3_column_int64(owner.statement, column);

        public bool Read()
        {
            var result = raw.sqlite3_step(owner.statement);
            if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
            {
                return result == raw.SQLITE_ROW;
            }

            // The reset tells the same error again; without it the exception would find none.
            SqliteException.ThrowExceptionForRC(result, owner.connection);
            return false;
        }

        public long? Optional(int column) => raw.sqlite3_column_type(owner.statement, column) == raw.SQLITE_NULL ? null : this[column];

        public void Dispose() => raw.sqlite3_reset(owner.statement);
    }
}
