using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Huoma.Server.Accounts.Sessions;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Accounts.Setup;

/// <summary>
/// The one-time links to the first account. Each process that starts on an empty store prints one of its own;
/// the first one used ends them all.
/// </summary>
internal sealed class SetupStore(Database database, TimeProvider time)
{
    public async Task<bool> IsNeededAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM (SELECT 1 FROM users LIMIT 1) AS some_user") == 0;
    }

    /// <summary>A fresh token; the store keeps only its hash.</summary>
    public async Task<string> AddTokenAsync(CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using var connection = await database.OpenAsync(ct);
        const string sql = "INSERT INTO setup_tokens (token_hash, created_at) VALUES (@TokenHash, @Now)";
        await connection.ExecuteAsync(sql, new { TokenHash = SessionStore.HashOf(token), Now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return token;
    }

    public async Task<bool> IsTokenAsync(string token, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT count(*) FROM setup_tokens WHERE token_hash = @TokenHash";
        return await connection.ExecuteScalarAsync<long>(sql, new { TokenHash = SessionStore.HashOf(token) }) == 1;
    }
}
