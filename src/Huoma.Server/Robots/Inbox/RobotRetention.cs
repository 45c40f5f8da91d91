using System.Data.Common;
using Dapper;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Robots.Inbox;

/// <summary>
/// Deletes events that were reacted to, and finished commands, after <see cref="RobotsOptions.KeepDays"/>. In small steps with a rest
/// after each, so that nobody waits for it.
/// </summary>
internal sealed class RobotRetention(Database database, IOptions<RobotsOptions> options, TimeProvider time, ILogger<RobotRetention> log) : IScheduledJob
{
    private const int Step = 1_000;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        const string events = "DELETE FROM robot_inbox WHERE id IN (SELECT id FROM robot_inbox WHERE state <> 1 AND done_at < @before ORDER BY done_at LIMIT @Step)";
        const string commands = "DELETE FROM robot_commands WHERE id IN (SELECT id FROM robot_commands WHERE state > 2 AND done_at < @before ORDER BY done_at LIMIT @Step)";
        var days = options.Value.KeepDays;
        var before = time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        var (deletedEvents, deletedCommands) = (await DeleteAsync(connection, events, before, ct), await DeleteAsync(connection, commands, before, ct));
        if (deletedEvents + deletedCommands > 0)
        {
            log.RobotsRolledOff(deletedEvents, deletedCommands, days);
        }

        return JobResult.Of(("events", deletedEvents), ("commands", deletedCommands));
    }

    private static async Task<long> DeleteAsync(DbConnection connection, string sql, long before, CancellationToken ct)
    {
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
}
