using Dapper;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Simulator.Phones;

/// <summary>What phones see of the real world: pictures and codes of every tenant. Read past the tenants, for nobody is signed in here.</summary>
internal sealed class PhoneQueries(Database database)
{
    private const int MostCodes = 100;

    /// <summary>What the QR in a stored picture says; null when there is none, or it can not be read.</summary>
    public async Task<string?> QrOfAsync(string hash, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT qr_payload FROM images WHERE hash = @Hash";
        return await connection.QueryFirstOrDefaultAsync<string?>(new CommandDefinition(sql, new { Hash = hash }, cancellationToken: ct));
    }

    /// <summary>The latest codes.</summary>
    public async Task<IReadOnlyList<ListedCode>> CodesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT key, name FROM live_codes WHERE deleted_at IS NULL ORDER BY created_at DESC LIMIT @Most";
        return [.. await connection.QueryAsync<ListedCode>(new CommandDefinition(sql, new { Most = MostCodes }, cancellationToken: ct))];
    }
}

/// <summary>One of this server's codes.</summary>
internal sealed record ListedCode
{
    public string Key { get; init; } = "";

    public string Name { get; init; } = "";
}
