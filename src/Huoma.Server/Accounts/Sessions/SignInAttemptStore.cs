using Dapper;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>The wrong passwords in a row by what they were for: an account (also one that does not exist), a known device, one's own password.</summary>
internal sealed class SignInAttemptStore(Database database, TimeProvider time, IOptions<AccountsOptions> options)
{
    /// <summary>Counts one attempt; when it has to wait, nothing is counted and the answer is how long.</summary>
    public async Task<TimeSpan> EnterAsync(string subject, CancellationToken ct)
    {
        var limits = options.Value.AccountLimits;
        await using var connection = await database.OpenAsync(ct);
        while (true)
        {
            const string select = "SELECT count AS Count, last_at AS LastAt FROM sign_in_attempts WHERE subject = @Subject";
            var row = await connection.QuerySingleOrDefaultAsync<Row>(select, new { Subject = subject }) ?? new Row();
            var seen = new SignInAttempts(row.Count, DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt));
            var now = time.GetUtcNow();
            var wait = seen.Wait(now, limits);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            // Writes only over what was read: of many at once one gets through, the others read again.
            const string upsert = """
                INSERT INTO sign_in_attempts (subject, count, last_at) VALUES (@Subject, @Count, @LastAt)
                ON CONFLICT (subject) DO UPDATE SET count = excluded.count, last_at = excluded.last_at
                WHERE sign_in_attempts.count = @SeenCount AND sign_in_attempts.last_at = @SeenAt
                """;
            var next = seen.Add(now, limits);
            var written = await connection.ExecuteAsync(upsert, new
            {
                Subject = subject,
                next.Count,
                LastAt = next.LastAt.ToUnixTimeMilliseconds(),
                SeenCount = row.Count,
                SeenAt = row.LastAt,
            });
            if (written == 1)
            {
                return TimeSpan.Zero;
            }
        }
    }

    public async Task ForgetAsync(string subject, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM sign_in_attempts WHERE subject = @Subject", new { Subject = subject });
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - options.Value.AccountLimits.ForgetAfter;
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync("DELETE FROM sign_in_attempts WHERE last_at < @Before", new { Before = before.ToUnixTimeMilliseconds() });
    }

    private sealed class Row
    {
        public int Count { get; init; }

        public long LastAt { get; init; }
    }
}
