using System.Data.Common;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Visits.Replay;

/// <summary>Which visits of a code are asked for.</summary>
/// <param name="Before">Number of a visit; only older ones. Null: from the newest on.</param>
internal sealed record VisitFilter(
    LiveCodeId LiveCodeId, DateTimeOffset From, DateTimeOffset To, SlotId? SlotId, long? ChannelId, long? VisitorId, IReadOnlyCollection<int> Reasons, long? Before);

/// <summary>A line of the log as it is stored.</summary>
internal sealed record LoggedVisit
{
    public long Id { get; init; }

    public long VisitorId { get; init; }

    public long ChannelId { get; init; }

    public long SlotId { get; init; }

    public int Round { get; init; }

    public int Kind { get; init; }

    public int Client { get; init; }

    public int Reason { get; init; }

    public long At { get; init; }
}

/// <summary>
/// Reads the log of visits backwards. An index by code would cost every scan; instead the hourly totals tell in which hours the code was
/// visited, and lines are numbered in the order of time, so that only those hours are looked through.
/// </summary>
internal sealed class VisitLogQueries(Database database, CurrentTenant tenant)
{
    /// <summary>Processes number and date their lines on their own: how far the two orders may be apart.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<LoggedVisit>> FindAsync(VisitFilter filter, int count, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var found = new List<LoggedVisit>();
        foreach (var (start, end) in Together(await HoursAsync(connection, filter, ct)))
        {
            found.AddRange(await VisitsAsync(connection, filter, start, end, count - found.Count, ct));
            if (found.Count == count)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Which of these visitors have pressed which slot and round of the code.</summary>
    public async Task<IReadOnlySet<(long VisitorId, long SlotId, int Round)>> PressedAsync(LiveCodeId id, IEnumerable<long> visitors, CancellationToken ct)
    {
        const string sql = """
            SELECT visitor_id, slot_id, round FROM slot_visitors
            WHERE tenant_id = @TenantId AND live_code_id = @Id AND presses > 0 AND visitor_id IN {=Visitors}
            """;
        long[] distinct = [.. visitors.Distinct()];
        if (distinct.Length == 0)
        {
            return new HashSet<(long, long, int)>();
        }

        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(long, long, int)>(
            new CommandDefinition(sql, new { TenantId = tenant.Id.Value, Id = id.Value, Visitors = distinct }, cancellationToken: ct));
        return rows.ToHashSet();
    }

    private async Task<IEnumerable<DateTimeOffset>> HoursAsync(DbConnection connection, VisitFilter filter, CancellationToken ct)
    {
        var sql = $"""
            SELECT DISTINCT hour FROM visit_counts
            WHERE tenant_id = @TenantId AND live_code_id = @LiveCodeId AND hour > @From AND hour < @To
                {(filter.ChannelId is null ? "" : "AND channel_id = @ChannelId")} {(filter.SlotId is null ? "" : "AND slot_id = @SlotId")}
            ORDER BY hour DESC
            """;
        var hours = await connection.QueryAsync<long>(new CommandDefinition(
            sql,
            new
            {
                TenantId = tenant.Id.Value,
                LiveCodeId = filter.LiveCodeId.Value,
                From = Milliseconds(filter.From - Hour),
                To = Milliseconds(filter.To),
                filter.ChannelId,
                SlotId = filter.SlotId?.Value,
            },
            cancellationToken: ct));
        return hours.Select(DateTimeOffset.FromUnixTimeMilliseconds);
    }

    /// <summary>Hours that follow each other are looked through in one go.</summary>
    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Together(IEnumerable<DateTimeOffset> newestFirst)
    {
        (DateTimeOffset Start, DateTimeOffset End)? run = null;
        foreach (var hour in newestFirst)
        {
            if (run is { } open && open.Start - hour <= Hour)
            {
                run = (hour, open.End);
                continue;
            }

            if (run is { } done)
            {
                yield return done;
            }

            run = (hour, hour + Hour);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }

    private async Task<IEnumerable<LoggedVisit>> VisitsAsync(
        DbConnection connection, VisitFilter filter, DateTimeOffset start, DateTimeOffset end, int count, CancellationToken ct)
    {
        var sql = $"""
            SELECT id AS Id, visitor_id AS VisitorId, channel_id AS ChannelId, slot_id AS SlotId, round AS Round, kind AS Kind, client AS Client,
                reason AS Reason, at AS At
            FROM visits
            WHERE id >= @First AND id < @Beyond AND tenant_id = @TenantId AND live_code_id = @LiveCodeId AND at >= @From AND at < @To
                {(filter.ChannelId is null ? "" : "AND channel_id = @ChannelId")} {(filter.SlotId is null ? "" : "AND slot_id = @SlotId")}
                {(filter.VisitorId is null ? "" : "AND visitor_id = @VisitorId")} {(filter.Reasons.Count == 0 ? "" : "AND reason IN {=Reasons}")}
            ORDER BY id DESC LIMIT @count
            """;
        var first = await FirstSinceAsync(connection, start - Disorder, ct);
        var beyond = Math.Min(await FirstSinceAsync(connection, end + Disorder, ct), filter.Before ?? long.MaxValue);
        var parameters = new
        {
            First = first,
            Beyond = beyond,
            TenantId = tenant.Id.Value,
            LiveCodeId = filter.LiveCodeId.Value,
            From = Milliseconds(Later(filter.From, start)),
            To = Milliseconds(Earlier(filter.To, end)),
            filter.ChannelId,
            SlotId = filter.SlotId?.Value,
            filter.VisitorId,
            filter.Reasons,
            count,
        };
        return await connection.QueryAsync<LoggedVisit>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    /// <summary>Number of the first line at or after an instant, by halving the numbers there are; one past the last when there is none.</summary>
    private static async Task<long> FirstSinceAsync(DbConnection connection, DateTimeOffset instant, CancellationToken ct)
    {
        const string ends = "SELECT coalesce(min(id), 1) AS First, coalesce(max(id), 0) AS Last FROM visits";
        const string probe = "SELECT id AS Id, at AS At FROM visits WHERE id >= @middle ORDER BY id LIMIT 1";
        var (low, last) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(ends, cancellationToken: ct));
        var high = last + 1;
        var at = Milliseconds(instant);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var line = await connection.QuerySingleOrDefaultAsync<LoggedVisit>(new CommandDefinition(probe, new { middle }, cancellationToken: ct));
            if (line is null || line.At >= at)
            {
                high = middle;
            }
            else
            {
                low = line.Id + 1;
            }
        }

        return low;
    }

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
