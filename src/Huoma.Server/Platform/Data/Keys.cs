using System.Security.Cryptography;
using Dapper;

namespace Huoma.Server.Platform.Data;

/// <summary>
/// The keys that seal what visitors carry (cookie, press token). They are in the database, so that every process on it opens what another sealed.
/// </summary>
internal sealed class Keys(Database database)
{
    /// <summary>32 random bytes for one purpose, made on first use.</summary>
    public async Task<byte[]> GetAsync(string purpose, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string insert = "INSERT INTO sealing_keys (purpose, key) VALUES (@Purpose, @Key) ON CONFLICT (purpose) DO NOTHING";
        await connection.ExecuteAsync(insert, new { Purpose = purpose, Key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) });
        const string select = "SELECT key FROM sealing_keys WHERE purpose = @Purpose";
        return Convert.FromHexString(await connection.QuerySingleAsync<string>(select, new { Purpose = purpose }));
    }
}
