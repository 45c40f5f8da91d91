using Dapper;
using Huoma.Domain.Statistics;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Statistics.Counting;

/// <summary>
/// Reads 进群人数: people a robot saw join groups of a code, each once for the code, when he first did (F066). Through which entrance they came nobody
/// knows, so they stand with the code. A day of a busy code is some hundred rows: they are counted as they are.
/// </summary>
internal sealed class JoinQueries(Database database, CurrentTenant tenant)
{
    /// <summary>Every zone's hours and days begin at a quarter of an hour.</summary>
    private const long Quarter = 15 * 60 * 1000;

    /// <param name="id">Null: of all codes of the tenant, deleted ones too.</param>
    public async Task<IReadOnlyList<SeriesPoint<VisitFigures>>> QuartersAsync(LiveCodeId? id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var sql = $"""
            SELECT joined.first_joined_at / {Quarter} * {Quarter} AS At, COUNT(*) AS Count
            FROM group_members AS joined
            WHERE joined.tenant_id = @TenantId {(id is null ? "" : "AND joined.live_code_id = @Id")}
                AND joined.first_joined_at >= @From AND joined.first_joined_at < @To
                AND NOT EXISTS (
                    SELECT 1 FROM group_members AS earlier
                    WHERE earlier.live_code_id = joined.live_code_id AND earlier.member_id = joined.member_id
                        AND (earlier.first_joined_at, earlier.group_id) < (joined.first_joined_at, joined.group_id))
            GROUP BY joined.first_joined_at / {Quarter} * {Quarter}
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, Id = id?.Value, From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds() };
        var rows = await connection.QueryAsync<QuarterRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return [.. rows.Select(row => new SeriesPoint<VisitFigures>(DateTimeOffset.FromUnixTimeMilliseconds(row.At), new VisitFigures { Joins = row.Count }))];
    }

    /// <summary>Since the beginning, of all codes of the tenant.</summary>
    public async Task<long> TotalAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT COUNT(*) FROM (
                SELECT DISTINCT live_code_id, member_id FROM group_members WHERE tenant_id = @TenantId AND first_joined_at IS NOT NULL
            ) AS joined
            """;
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value }, cancellationToken: ct));
    }

    private sealed record QuarterRow
    {
        public long At { get; init; }

        public long Count { get; init; }
    }
}
