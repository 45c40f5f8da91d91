using System.Buffers.Binary;
using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>What one code's tables add up to, all of one moment. What has to be equal stands side by side.</summary>
internal sealed record Sums
{
    public long Scans { get; init; }

    public long CountedScans { get; init; }

    public long Visitors { get; init; }

    public long CountedVisitors { get; init; }

    public long Shows { get; init; }

    public long CountedShows { get; init; }

    public long Presses { get; init; }

    public long CountedPresses { get; init; }

    public long Pressers { get; init; }

    public long CountedPressers { get; init; }

    public long SlotPressers { get; init; }

    public long BoundTwice { get; init; }
}

/// <summary>What the store holds of one code, read past the server; visitors by the number inside their cookie.</summary>
internal sealed class Books
{
    private readonly AesGcm cookies;

    private Books(byte[] visitorKey)
    {
        cookies = new AesGcm(visitorKey, 16);
    }

    public required Sums Sums { get; init; }

    public required IReadOnlyDictionary<long, int> Scans { get; init; }

    public required IReadOnlySet<long> Pressers { get; init; }

    /// <summary>防重复: the place of the slot each visitor is bound to.</summary>
    public required IReadOnlyDictionary<long, int> Bound { get; init; }

    /// <summary>Reads until nothing is on its way any more: two readings are equal.</summary>
    public static async Task<Books> ReadAsync(ServerProcess server, string key)
    {
        await using var connection = await server.OpenStoreAsync();
        Sums? sums = null;
        for (var last = await SumsAsync(connection, key); sums != last; await Task.Delay(200))
        {
            sums = last;
            last = await SumsAsync(connection, key);
        }

        var sealing = Convert.FromHexString(await connection.QuerySingleAsync<string>("SELECT key FROM sealing_keys WHERE purpose = 'visitor'"));
        var scans = await connection.QueryAsync<(long, long)>($"SELECT visitor_id, count(*) FROM visits WHERE {OfCode} AND kind = 1 GROUP BY visitor_id", new { key });
        var pressers = await connection.QueryAsync<long>($"SELECT DISTINCT visitor_id FROM presses WHERE {OfCode}", new { key });
        var bound = await connection.QueryAsync<(long, long)>($"SELECT visitor_id, slot_id FROM slot_visitors WHERE {OfCode} AND is_bound", new { key });
        var places = (await connection.QueryAsync<long>($"SELECT id FROM slots WHERE {OfCode} AND deleted_at IS NULL ORDER BY position, id", new { key })).ToList();
        return new Books(sealing)
        {
            Sums = sums,
            Scans = scans.ToDictionary(row => row.Item1, row => (int)row.Item2),
            Pressers = pressers.ToHashSet(),
            Bound = bound.GroupBy(row => row.Item1).ToDictionary(rows => rows.Key, rows => places.IndexOf(rows.First().Item2)),
        };
    }

    /// <summary>The number in a visitor's cookie: twelve bytes of nonce, the number and the day, sixteen bytes of tag.</summary>
    public long VisitorOf(string cookie)
    {
        var box = Base64Url.DecodeFromChars(cookie);
        Span<byte> content = stackalloc byte[box.Length - 28];
        cookies.Decrypt(box.AsSpan(0, 12), box.AsSpan(12, content.Length), box.AsSpan(box.Length - 16), content);
        return BinaryPrimitives.ReadInt64LittleEndian(content);
    }

    private const string OfCode = "live_code_id = (SELECT id FROM live_codes WHERE key = @key)";

    private static Task<Sums> SumsAsync(DbConnection connection, string key)
    {
        const string sql = $"""
            SELECT
                (SELECT count(*) FROM visits WHERE {OfCode} AND kind = 1) AS Scans,
                (SELECT cast(sum(scans) AS bigint) FROM visit_counts WHERE {OfCode}) AS CountedScans,
                (SELECT count(DISTINCT visitor_id) FROM visits WHERE {OfCode}) AS Visitors,
                (SELECT cast(sum(new_visitors) AS bigint) FROM visit_counts WHERE {OfCode}) AS CountedVisitors,
                (SELECT count(*) FROM visits WHERE {OfCode} AND slot_id <> 0) AS Shows,
                (SELECT cast(sum(shows) AS bigint) FROM visit_counts WHERE {OfCode}) AS CountedShows,
                (SELECT count(*) FROM presses WHERE {OfCode}) AS Presses,
                (SELECT cast(sum(presses) AS bigint) FROM visit_counts WHERE {OfCode}) AS CountedPresses,
                (SELECT count(*) FROM (SELECT DISTINCT visitor_id, slot_id, round FROM presses WHERE {OfCode}) people) AS Pressers,
                (SELECT cast(sum(new_pressers) AS bigint) FROM visit_counts WHERE {OfCode}) AS CountedPressers,
                (SELECT cast(sum(press_visitors) AS bigint) FROM slot_counts WHERE {OfCode}) AS SlotPressers,
                (SELECT count(*) FROM (SELECT visitor_id FROM slot_visitors WHERE {OfCode} AND is_bound GROUP BY visitor_id HAVING count(*) > 1) twice) AS BoundTwice
            """;
        return connection.QuerySingleAsync<Sums>(sql, new { key });
    }
}
