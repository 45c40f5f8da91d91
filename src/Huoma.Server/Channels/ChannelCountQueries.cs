using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Channels;

/// <summary>Scans and presses that came through a channel.</summary>
internal sealed record ChannelTotals
{
    public static ChannelTotals None { get; } = new();

    public long ChannelId { get; init; }

    public long Scans { get; init; }

    public long Visitors { get; init; }

    public long Presses { get; init; }

    public long PressVisitors { get; init; }

    public long TodayScans { get; init; }

    public long TodayVisitors { get; init; }

    public long TodayPresses { get; init; }

    public long TodayPressVisitors { get; init; }
}

/// <summary>Reads what the visits counted by channel.</summary>
internal sealed class ChannelCountQueries(Database database, CurrentTenant tenant)
{
    /// <param name="today">When the local day began.</param>
    public async Task<IReadOnlyDictionary<ChannelId, ChannelTotals>> TotalsAsync(IReadOnlyCollection<ChannelId> ids, DateTimeOffset today, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<ChannelId, ChannelTotals>();
        }

        // By the channel alone: a code that hands over has its channels' visitors counted at another code as well. "> 0" looks needless,
        // and is what lets both databases use the index, which holds no other rows. {=Ids} writes the numbers into the text: a list as a
        // parameter is not the same on both databases.
        // Days that are summed up (ADR 0015) come from their totals; never today, whatever a clock that was ahead has said. Asked for on its own:
        // PostgreSQL plans for few hours only when it knows the value.
        const string closed = "SELECT COALESCE(MIN(until), 0) FROM roll_ups WHERE name LIKE 'code-days %' AND until < @start";
        const string sql = """
            SELECT channel_id AS ChannelId,
                CAST(SUM(scans) AS bigint) AS Scans,
                CAST(SUM(entrance_new_visitors) AS bigint) AS Visitors,
                CAST(SUM(presses) AS bigint) AS Presses,
                CAST(SUM(entrance_new_pressers) AS bigint) AS PressVisitors,
                CAST(SUM(CASE WHEN hour >= @Today THEN scans ELSE 0 END) AS bigint) AS TodayScans,
                CAST(SUM(CASE WHEN hour >= @Today THEN entrance_day_visitors ELSE 0 END) AS bigint) AS TodayVisitors,
                CAST(SUM(CASE WHEN hour >= @Today THEN presses ELSE 0 END) AS bigint) AS TodayPresses,
                CAST(SUM(CASE WHEN hour >= @Today THEN entrance_day_pressers ELSE 0 END) AS bigint) AS TodayPressVisitors
            FROM (
                SELECT channel_id, day AS hour, scans, presses, entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers
                FROM entrance_days
                WHERE tenant_id = @TenantId AND channel_id > 0 AND channel_id IN {=Ids} AND day < @Closed
                UNION ALL
                SELECT channel_id, hour, scans, presses, entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers
                FROM visit_counts
                WHERE tenant_id = @TenantId AND channel_id > 0 AND channel_id IN {=Ids} AND hour >= @Closed
            ) AS counted
            GROUP BY channel_id
            """;
        await using var connection = await database.OpenAsync(ct);
        var start = today.ToUnixTimeMilliseconds();
        var until = await connection.ExecuteScalarAsync<long>(new CommandDefinition(closed, new { start }, cancellationToken: ct));
        var parameters = new { TenantId = tenant.Id.Value, Ids = ids.Select(id => id.Value).ToArray(), Today = start, Closed = until };
        var rows = await connection.QueryAsync<ChannelTotals>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.ToDictionary(row => new ChannelId(row.ChannelId));
    }
}
