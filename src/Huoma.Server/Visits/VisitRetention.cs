using System.Data.Common;
using Dapper;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Visits;

/// <summary>
/// Deletes the lines of the log of visits and presses that are older than <see cref="VisitOptions.KeepDays"/>. Totals, bindings and the
/// distinct visitors they rest on stay for ever. In small steps with a rest after each, so that no visit waits for it.
/// </summary>
internal sealed class VisitRetention(Database database, IOptions<VisitOptions> options, TimeProvider time, ILogger<VisitRetention> log) : IScheduledJob
{
    /// <summary>A few milliseconds of SQLite's one write lock.</summary>
    private const int Step = 1_000;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        if (options.Value.KeepDays is not { } days)
        {
            return JobResult.Of();
        }

        var before = time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        var visits = await DeleteVisitsAsync(connection, before, ct);
        var presses = await DeletePressesAsync(connection, before, ct);
        if (visits + presses > 0)
        {
            log.RolledOff(visits, presses, days);
        }

        return JobResult.Of(("visits", visits), ("presses", presses));
    }

    /// <summary>Lines are numbered as they come, so the old ones are the first.</summary>
    private static async Task<long> DeleteVisitsAsync(DbConnection connection, long before, CancellationToken ct)
    {
        const string sql = "DELETE FROM visits WHERE id IN (SELECT id FROM visits ORDER BY id LIMIT @Step) AND at < @before";
        for (var deleted = 0L; ;)
        {
            var step = await connection.ExecuteAsync(new CommandDefinition(sql, new { Step, before }, cancellationToken: ct));
            deleted += step;
            if (step < Step)
            {
                return deleted;
            }

            await Task.Delay(Rest, ct);
        }
    }

    /// <summary>They stand by visitor, so all of them are looked through.</summary>
    private static async Task<long> DeletePressesAsync(DbConnection connection, long before, CancellationToken ct)
    {
        const string last = """
            SELECT visitor_id AS VisitorId, press_id AS PressId FROM presses
            WHERE (visitor_id, press_id) > (@VisitorId, @PressId) ORDER BY visitor_id, press_id LIMIT 1 OFFSET @Skip
            """;
        const string delete = """
            DELETE FROM presses
            WHERE (visitor_id, press_id) > (@VisitorId, @PressId) AND (visitor_id, press_id) <= (@ToVisitorId, @ToPressId) AND at < @before
            """;
        var deleted = 0L;
        for (var from = new Place(0, long.MinValue); ;)
        {
            var found = await connection.QuerySingleOrDefaultAsync<Place>(
                new CommandDefinition(last, new { from.VisitorId, from.PressId, Skip = Step - 1 }, cancellationToken: ct));
            var to = found ?? new Place(long.MaxValue, long.MaxValue);
            deleted += await connection.ExecuteAsync(new CommandDefinition(
                delete, new { from.VisitorId, from.PressId, ToVisitorId = to.VisitorId, ToPressId = to.PressId, before }, cancellationToken: ct));
            if (found is null)
            {
                return deleted;
            }

            from = to;
            await Task.Delay(Rest, ct);
        }
    }

    private sealed record Place(long VisitorId, long PressId);
}
