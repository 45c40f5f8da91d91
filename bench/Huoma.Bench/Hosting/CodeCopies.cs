using System.Data.Common;
using System.Globalization;

namespace Huoma.Bench.Hosting;

/// <summary>Multiplies the one code of a store, with its slots, by copying rows: whatever columns they have.</summary>
internal static class CodeCopies
{
    /// <summary>The keys of all codes. Their slots never rotate: no test of throughput should stop at a threshold.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(DbConnection connection, int count)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, transaction, "UPDATE slots SET threshold = 1000000000", []);
        var code = await RowAsync(connection, transaction, "SELECT * FROM live_codes");
        var slot = await RowAsync(connection, transaction, "SELECT * FROM slots");
        var keys = new List<string> { (string)code["key"] };
        for (var copy = 1; copy < count; copy++)
        {
            // As long as the real one: another length is no key at all.
            var name = copy.ToString(CultureInfo.InvariantCulture).PadLeft(keys[0].Length, '0');
            code["id"] = slot["live_code_id"] = 1_000_000L + copy;
            slot["id"] = 2_000_000L + copy;
            code["key"] = code["number"] = name;
            keys.Add(name);
            await InsertAsync(connection, transaction, "live_codes", code);
            await InsertAsync(connection, transaction, "slots", slot);
        }

        await transaction.CommitAsync();
        return keys;
    }

    /// <summary>Gives each code more slots, and channels.</summary>
    public static async Task WidenAsync(DbConnection connection, int slots, int channels)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var slot = await RowAsync(connection, transaction, "SELECT * FROM slots");
        var codes = await IdsAsync(connection, transaction, "SELECT id FROM live_codes ORDER BY id");
        foreach (var (code, copy) in codes.Select((code, copy) => (code, copy)))
        {
            for (var more = 1; more < slots; more++)
            {
                (slot["id"], slot["live_code_id"], slot["position"]) = (3_000_000L + (copy * slots) + more, code, more + 1);
                await InsertAsync(connection, transaction, "slots", slot);
            }

            for (var more = 0; more < channels; more++)
            {
                var id = 4_000_000L + (copy * channels) + more;
                var channel = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["id"] = id,
                    ["tenant_id"] = slot["tenant_id"],
                    ["live_code_id"] = code,
                    ["key"] = $"channel{id}",
                    ["name"] = $"渠道 {more + 1}",
                    ["remark"] = "",
                    ["created_at"] = 0L,
                };
                await InsertAsync(connection, transaction, "channels", channel);
            }
        }

        await transaction.CommitAsync();
    }

    public static async Task<List<long>> IdsAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<long> ids = [];
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private static async Task<Dictionary<string, object>> RowAsync(DbConnection connection, DbTransaction transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue, StringComparer.Ordinal);
    }

    private static Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, Dictionary<string, object> row) =>
        ExecuteAsync(connection, transaction, $"INSERT INTO {table} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Keys.Select(name => "@" + name))})", row);

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, Dictionary<string, object> values)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
