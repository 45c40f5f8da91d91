using System.Data.Common;
using Dapper;
using Huoma.Domain.Jobs;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Jobs;

/// <summary>Keeps whose turn it is. Every change names the turn it is about: who comes too late changes nothing.</summary>
internal sealed class JobStore(Database database)
{
    /// <summary>Lines kept of each job.</summary>
    private const int KeptRuns = 20;

    public async Task<IReadOnlyList<JobRow>> ReadAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT name AS Name, turn AS Turn, beat AS Beat, CASE WHEN running THEN 1 ELSE 0 END AS Running, CASE WHEN asked THEN 1 ELSE 0 END AS Asked,
                due_at AS DueAt, started_at AS StartedAt, ended_at AS EndedAt, outcome AS Outcome, result AS Result, error AS Error
            FROM jobs
            """;
        await using var connection = await database.OpenAsync(ct);
        return [.. await connection.QueryAsync<JobRow>(new CommandDefinition(sql, cancellationToken: ct))];
    }

    /// <summary>A job nobody has heard of yet runs for the first time after its period.</summary>
    public async Task AddAsync(string name, DateTimeOffset dueAt, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO jobs (name, turn, beat, running, asked, due_at) VALUES (@name, 0, 0, false, false, @DueAt) ON CONFLICT (name) DO NOTHING
            """;
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { name, DueAt = dueAt.ToUnixTimeMilliseconds() }, cancellationToken: ct));
    }

    /// <summary>False: another was faster, or it is alive after all.</summary>
    public async Task<bool> BeginAsync(JobRow seen, DateTimeOffset now, TimeSpan every, CancellationToken ct)
    {
        const string begin = """
            UPDATE jobs SET turn = turn + 1, beat = 0, running = true, asked = false, due_at = @DueAt, started_at = @Now,
                ended_at = NULL, outcome = NULL, result = NULL, error = NULL
            WHERE name = @Name AND turn = @Turn AND beat = @Beat AND running = @Running
            """;
        var row = new
        {
            seen.Name,
            seen.Turn,
            seen.Beat,
            Running = seen.State.IsRunning,
            Now = now.ToUnixTimeMilliseconds(),
            DueAt = (now + every).ToUnixTimeMilliseconds(),
        };
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(begin, row, transaction, cancellationToken: ct)) == 0)
        {
            return false;
        }

        if (seen.State.IsRunning)
        {
            await RememberAsync(connection, transaction, seen.Name, seen.Turn, seen.StartedAt ?? row.Now, row.Now, new JobEnd(JobOutcome.Lost, null, null, IsKept: true));
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Shows that the run is alive; false: it is not ours any more.</summary>
    public async Task<bool> BeatAsync(string name, long turn, CancellationToken ct)
    {
        const string sql = "UPDATE jobs SET beat = beat + 1 WHERE name = @name AND turn = @turn AND running";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(sql, new { name, turn }, cancellationToken: ct)) > 0;
    }

    /// <summary>Writes down how it ended, unless another took over.</summary>
    public async Task<bool> EndAsync(string name, long turn, DateTimeOffset startedAt, DateTimeOffset endedAt, JobEnd end)
    {
        const string sql = """
            UPDATE jobs SET running = false, ended_at = @EndedAt, outcome = @Outcome, result = @Result, error = @Error, asked = (asked OR @Again)
            WHERE name = @name AND turn = @turn AND running
            """;
        var row = new { name, turn, EndedAt = endedAt.ToUnixTimeMilliseconds(), Outcome = (int)end.Outcome, end.Result, end.Error, Again = end.Outcome == JobOutcome.Stopped };
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync(sql, row, transaction) == 0)
        {
            return false;
        }

        if (end.IsKept)
        {
            await RememberAsync(connection, transaction, name, turn, startedAt.ToUnixTimeMilliseconds(), row.EndedAt, end);
        }

        await transaction.CommitAsync();
        return true;
    }

    /// <summary>立即运行; false: there is no such job.</summary>
    public async Task<bool> AskAsync(string name, CancellationToken ct)
    {
        const string sql = "UPDATE jobs SET asked = true WHERE name = @name";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(sql, new { name }, cancellationToken: ct)) > 0;
    }

    private static async Task RememberAsync(
        DbConnection connection, DbTransaction transaction, string name, long turn, long startedAt, long endedAt, JobEnd end)
    {
        const string insert = """
            INSERT INTO job_runs (job, turn, started_at, ended_at, outcome, result, error)
            VALUES (@name, @turn, @startedAt, @endedAt, @Outcome, @Result, @Error) ON CONFLICT (job, turn) DO NOTHING
            """;
        const string trim = """
            DELETE FROM job_runs WHERE job = @name AND turn <= (SELECT turn FROM job_runs WHERE job = @name ORDER BY turn DESC LIMIT 1 OFFSET @KeptRuns)
            """;
        await connection.ExecuteAsync(insert, new { name, turn, startedAt, endedAt, Outcome = (int)end.Outcome, end.Result, end.Error }, transaction);
        await connection.ExecuteAsync(trim, new { name, KeptRuns }, transaction);
    }
}
