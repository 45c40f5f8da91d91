using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Robots;

/// <summary>A robot whose token a gateway showed.</summary>
internal sealed record KnownRobot(RobotId Id, TenantId TenantId, string TokenHash);

/// <summary>The tokens of gateways: 256 random bits, of which the database knows the hash only.</summary>
internal sealed class RobotTokens(Database database)
{
    private const string Prefix = "hmr_";
    private const int MaxLength = 200;

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Null when the token is no robot's, or no longer.</summary>
    public async Task<KnownRobot?> FindAsync(string token, CancellationToken ct)
    {
        if (token.Length > MaxLength)
        {
            return null;
        }

        const string sql = "SELECT id AS Id, tenant_id AS TenantId, token_hash AS TokenHash FROM robots WHERE token_hash = @Hash AND deleted_at IS NULL";
        var hash = HashOf(token);
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { Hash = hash }, cancellationToken: ct));

        // The database compares hashes, of which nobody can choose the beginning; still, the last word takes the same time for every answer.
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(row?.TokenHash ?? new string('-', hash.Length))) && row is not null
            ? new KnownRobot(new RobotId(row.Id), new TenantId(row.TenantId), row.TokenHash)
            : null;
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public long TenantId { get; init; }

        public string TokenHash { get; init; } = "";
    }
}
