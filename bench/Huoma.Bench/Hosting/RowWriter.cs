using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Huoma.Bench.Hosting;

/// <summary>Writes very many rows of numbers into one table: by COPY into PostgreSQL, by one prepared statement into SQLite.</summary>
internal abstract class RowWriter : IAsyncDisposable
{
    /// <summary>On PostgreSQL it takes the connection for itself until it is disposed.</summary>
    public static async Task<RowWriter> OpenAsync(DbConnection connection, string table, string columns) => connection is NpgsqlConnection postgres
        ? new CopyWriter(await postgres.BeginTextImportAsync($"COPY {table} ({columns}) FROM STDIN"))
        : new PreparedWriter((SqliteConnection)connection, table, columns);

    public abstract void Write(params ReadOnlySpan<long> row);

    public abstract ValueTask DisposeAsync();

    private sealed class CopyWriter(TextWriter import) : RowWriter
    {
        private const int Enough = 1 << 16;

        private readonly StringBuilder text = new();

        public override void Write(params ReadOnlySpan<long> row)
        {
            for (var column = 0; column < row.Length; column++)
            {
                text.Append(column == 0 ? "" : "\t").Append(CultureInfo.InvariantCulture, $"{row[column]}");
            }

            text.Append('\n');
            if (text.Length > Enough)
            {
                import.Write(text);
                text.Clear();
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await import.WriteAsync(text);
            await import.DisposeAsync();
        }
    }

    private sealed class PreparedWriter : RowWriter
    {
        private readonly SqliteCommand command;

        public PreparedWriter(SqliteConnection connection, string table, string columns)
        {
            command = connection.CreateCommand();
            var names = columns.Split(", ").Select(column => "$" + column).ToList();
            command.CommandText = $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", names)})";
            names.ForEach(name => command.Parameters.Add(name, SqliteType.Integer));
            command.Prepare();
        }

        public override void Write(params ReadOnlySpan<long> row)
        {
            for (var column = 0; column < row.Length; column++)
            {
                command.Parameters[column].Value = row[column];
            }

            command.ExecuteNonQuery();
        }

        public override ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
