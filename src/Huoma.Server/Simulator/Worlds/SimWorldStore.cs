using Dapper;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Simulator.Worlds;

/// <summary>A world as it is stored.</summary>
internal sealed record StoredWorld(long Version, string Document);

/// <summary>A picture somebody sent into a chat.</summary>
internal sealed record SimPicture(string Type, byte[] Content);

/// <summary>The one world, as a document that is replaced only by who knows its version; and the pictures sent in it.</summary>
internal sealed class SimWorldStore(Database database)
{
    private const string Name = "world";

    public async Task<long?> VersionAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT version FROM sim_worlds WHERE name = @Name";
        return await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(sql, new { Name }, cancellationToken: ct));
    }

    public async Task<StoredWorld> LoadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT version, document FROM sim_worlds WHERE name = @Name";
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(sql, new { Name }, cancellationToken: ct));
        return new StoredWorld(row.Version, row.Document);
    }

    /// <summary>Nothing when there is a world already.</summary>
    public async Task BeginAsync(string document, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "INSERT INTO sim_worlds (name, version, document, kept_until) VALUES (@Name, 1, @Document, 0) ON CONFLICT (name) DO NOTHING";
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Name, Document = document }, cancellationToken: ct));
    }

    /// <summary>False when another process replaced it meanwhile.</summary>
    public async Task<bool> ReplaceAsync(long version, string document, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "UPDATE sim_worlds SET version = version + 1, document = @Document WHERE name = @Name AND version = @Version";
        return await connection.ExecuteAsync(new CommandDefinition(sql, new { Name, Version = version, Document = document }, cancellationToken: ct)) == 1;
    }

    /// <summary>One process at a time looks after the robots: itself until <paramref name="until"/>, when nobody else does.</summary>
    public async Task<bool> KeepAsync(string keeper, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "UPDATE sim_worlds SET keeper = @Keeper, kept_until = @Until WHERE name = @Name AND (keeper = @Keeper OR kept_until < @Now)";
        var keeping = new { Name, Keeper = keeper, Until = until.ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds() };
        return await connection.ExecuteAsync(new CommandDefinition(sql, keeping, cancellationToken: ct)) == 1;
    }

    public async Task LeaveAsync(string keeper, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "UPDATE sim_worlds SET kept_until = 0 WHERE name = @Name AND keeper = @Keeper";
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Name, Keeper = keeper }, cancellationToken: ct));
    }

    public async Task KeepPictureAsync(string hash, SimPicture picture, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "INSERT INTO sim_pictures (hash, type, content) VALUES (@Hash, @Type, @Content) ON CONFLICT (hash) DO NOTHING";
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Hash = hash, picture.Type, Content = Convert.ToBase64String(picture.Content) }, cancellationToken: ct));
    }

    public async Task<SimPicture?> FindPictureAsync(string hash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT type, content FROM sim_pictures WHERE hash = @Hash";
        var row = await connection.QuerySingleOrDefaultAsync<PictureRow>(new CommandDefinition(sql, new { Hash = hash }, cancellationToken: ct));
        return row is null ? null : new SimPicture(row.Type, Convert.FromBase64String(row.Content));
    }

    private sealed record Row
    {
        public long Version { get; init; }

        public string Document { get; init; } = "";
    }

    private sealed record PictureRow
    {
        public string Type { get; init; } = "";

        public string Content { get; init; } = "";
    }
}
