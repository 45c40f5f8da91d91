using System.Text.Json;
using Dapper;
using Huoma.Domain.Jobs;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Jobs;

/// <summary>Reads the jobs as the console shows them.</summary>
internal sealed class JobQueries(Database database, JobStore store, JobScheduler scheduler)
{
    public async Task<IReadOnlyList<JobResponse>> ListAsync(CancellationToken ct)
    {
        var rows = (await store.ReadAsync(ct)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        var runs = await RunsAsync(ct);
        return [.. scheduler.All.Select(job => Describe(job, rows.GetValueOrDefault(job.Name), runs[job.Name]))];
    }

    private async Task<ILookup<string, RunRow>> RunsAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT job AS Job, started_at AS StartedAt, ended_at AS EndedAt, outcome AS Outcome, result AS Result, error AS Error
            FROM job_runs ORDER BY job, turn DESC
            """;
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<RunRow>(new CommandDefinition(sql, cancellationToken: ct))).ToLookup(row => row.Job, StringComparer.Ordinal);
    }

    private static JobResponse Describe(ScheduledJob job, JobRow? row, IEnumerable<RunRow> runs) => new(
        job.Name,
        (int)job.Every.TotalSeconds,
        row is { Running: not 0 },
        row is { Asked: not 0 },
        row is { Running: 0 } ? DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt) : null,
        row?.StartedAt is { } startedAt ? Describe(startedAt, row.EndedAt, row.Outcome, row.Result, row.Error) : null,
        [.. runs.Select(run => Describe(run.StartedAt, run.EndedAt, run.Outcome, run.Result, run.Error))]);

    private static JobRunResponse Describe(long startedAt, long? endedAt, int? outcome, string? result, string? error) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(startedAt),
        endedAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
        (JobOutcome?)outcome,
        result is null ? null : JsonSerializer.Deserialize<Dictionary<string, long>>(result),
        error);

    private sealed record RunRow
    {
        public string Job { get; init; } = "";

        public long StartedAt { get; init; }

        public long EndedAt { get; init; }

        public int Outcome { get; init; }

        public string? Result { get; init; }

        public string? Error { get; init; }
    }
}
