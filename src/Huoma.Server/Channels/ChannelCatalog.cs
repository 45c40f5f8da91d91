using System.Collections.Concurrent;
using Dapper;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Channels;

/// <summary>Where a channel's address leads.</summary>
/// <param name="LiveCodeKey">Key of the live code it is an entrance of.</param>
internal sealed record ChannelEntrance(ChannelId Id, string LiveCodeKey);

/// <summary>
/// Channels by their key, for visitors: of every tenant, archived ones and those of deleted codes too, for a printed QR works for ever.
/// What was found stays in memory and is never read again: neither a channel's key nor its code ever changes. What was not found is
/// not remembered, for somebody may guess addresses without end.
/// </summary>
internal sealed class ChannelCatalog(Database database) : IDisposable
{
    /// <summary>Somebody who guesses addresses must not use up the connections that everybody else needs.</summary>
    private const int MaxReads = 4;

    private readonly SemaphoreSlim reads = new(MaxReads);
    private readonly ConcurrentDictionary<string, ChannelEntrance> entrances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<ChannelEntrance?>>> loading = new(StringComparer.Ordinal);

    /// <summary>Null when no channel has this key.</summary>
    public ValueTask<ChannelEntrance?> FindAsync(string key) => entrances.TryGetValue(key, out var entrance) ? new(entrance) : new(LoadAsync(key));

    public void Dispose() => reads.Dispose();

    /// <summary>A crowd that asks for the same channel at once waits for one read: hundreds would use up the connections.</summary>
    private async Task<ChannelEntrance?> LoadAsync(string key)
    {
        if (key.Length != LiveCodeNumbers.KeyLength)
        {
            return null;
        }

        var load = loading.GetOrAdd(key, _ => new Lazy<Task<ChannelEntrance?>>(() => ReadAsync(key)));
        try
        {
            return await load.Value is { } entrance ? entrances.GetOrAdd(key, entrance) : null;
        }
        finally
        {
            loading.TryRemove(KeyValuePair.Create(key, load));
        }
    }

    private async Task<ChannelEntrance?> ReadAsync(string key)
    {
        const string sql = """
            SELECT channels.id AS Id, live_codes.key AS LiveCodeKey
            FROM channels JOIN live_codes ON live_codes.id = channels.live_code_id
            WHERE channels.key = @key
            """;
        await reads.WaitAsync();
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            return await connection.QuerySingleOrDefaultAsync<EntranceRow>(sql, new { key }) is { } row
                ? new ChannelEntrance(new ChannelId(row.Id), row.LiveCodeKey)
                : null;
        }
        finally
        {
            reads.Release();
        }
    }

    private sealed class EntranceRow
    {
        public long Id { get; init; }

        public string LiveCodeKey { get; init; } = "";
    }
}
