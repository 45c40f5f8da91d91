using System.Data.Common;
using System.Globalization;

namespace Huoma.Bench.Hosting;

/// <summary>Fills a PostgreSQL store with visits: the rows that one real visit made, for many visitors spread over all codes.</summary>
internal sealed class Filling(DbConnection connection)
{
    /// <returns>The first of the visitors' ids.</returns>
    public async Task<long> FillAsync(int visitors)
    {
        var first = (await ReadAsync("SELECT next FROM id_blocks WHERE name = 'visitors'", reader => reader.GetInt64(0)))[0];
        await ExecuteAsync("""
            CREATE TEMP TABLE bench_codes AS
            SELECT row_number() OVER (ORDER BY code.id) - 1 AS n, code.id AS code_id, slot.id AS slot_id
            FROM live_codes code JOIN slots slot ON slot.live_code_id = code.id;
            ANALYZE bench_codes
            """);
        await CopyAsync("slot_visitors", first, visitors);
        await CopyAsync("visits", first, visitors);
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE id_blocks SET next = {first + visitors} WHERE name = 'visitors'"));
        await ExecuteAsync("VACUUM ANALYZE");
        await ExecuteAsync("CHECKPOINT");
        return first;
    }

    /// <summary>The key of the visitors' cookies, and the day of the visit.</summary>
    public async Task<(byte[] Key, int Day)> SecretAsync()
    {
        var key = (await ReadAsync("SELECT key FROM sealing_keys WHERE purpose = 'visitor'", reader => reader.GetString(0)))[0];
        var day = (await ReadAsync("SELECT max(last_scan_on) FROM slot_visitors", reader => reader.GetInt32(0)))[0];
        return (Convert.FromHexString(key), day);
    }

    /// <summary>The codes' keys, in the order in which the visitors were spread over them.</summary>
    public Task<List<string>> KeysAsync() => ReadAsync("SELECT key FROM live_codes ORDER BY id", reader => reader.GetString(0));

    private async Task CopyAsync(string table, long first, int visitors)
    {
        var columns = await ReadAsync($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND column_name <> 'id'", reader => reader.GetString(0));
        var values = columns.Select(column => column switch
        {
            "visitor_id" => "visitor",
            "live_code_id" => "code.code_id",
            "slot_id" => "CASE WHEN model.slot_id = 0 THEN 0 ELSE code.slot_id END",
            _ => $"model.{column}",
        });
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", values)}
            FROM generate_series({first}, {first + visitors - 1}) visitor
            JOIN bench_codes code ON code.n = visitor % (SELECT count(*) FROM bench_codes)
            CROSS JOIN (SELECT * FROM {table}) model
            ORDER BY visitor
            """));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await reader.ReadAsync())
        {
            all.Add(read(reader));
        }

        return all;
    }
}
