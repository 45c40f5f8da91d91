using System.Text.Json;
using Dapper;
using Huoma.Server.Jobs;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Jobs;

/// <summary>What the test's job does when it runs, in whichever process.</summary>
internal sealed class Doing
{
    private int begun;

    public int Begun => Volatile.Read(ref begun);

    public Func<CancellationToken, Task<JobResult>> What { get; set; } = _ => Task.FromResult(JobResult.Of(("things", 1)));

    public Task<JobResult> RunAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref begun);
        return What(ct);
    }
}

internal sealed class DoingJob(Doing doing) : IScheduledJob
{
    public Task<JobResult> RunAsync(CancellationToken ct) => doing.RunAsync(ct);
}

/// <summary>Servers with one more job, which is the test's own: once an hour.</summary>
internal static class JobDesk
{
    public const string Name = "test";

    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<HuomaApp> StartAsync(Store store, Doing doing) =>
        HuomaApp.StartAsync(store, services: services => services.AddSingleton(doing).AddScheduledJob<DoingJob>(Name, Every));

    public static JobScheduler Scheduler(this HuomaApp app) => app.Services.GetRequiredService<JobScheduler>();

    /// <summary>Has looked at all jobs at least once, so that its stopwatch runs.</summary>
    public static async Task HasLookedAsync(this HuomaApp app)
    {
        await app.Scheduler().LookAsync(Ct);
        await app.Scheduler().LookAsync(Ct);
    }

    /// <summary>Looks, and waits for what it began.</summary>
    public static async Task LookAndRunAsync(this HuomaApp app)
    {
        await app.Scheduler().LookAsync(Ct);
        await app.Scheduler().IdleAsync();
    }

    /// <summary>As if a process had begun the test's job and was killed, or lived on without this one's knowledge.</summary>
    public static async Task AnotherBeginsAsync(this HuomaApp app)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        const string sql = "UPDATE jobs SET turn = turn + 1, beat = 0, running = true, started_at = @Now, ended_at = NULL, outcome = NULL WHERE name = @Name";
        (await connection.ExecuteAsync(sql, new { Name, Now = app.Clock.GetUtcNow().ToUnixTimeMilliseconds() })).ShouldBe(1);
    }

    public static async Task<JsonElement> ShowAsync(HttpClient owner)
    {
        using var answer = await owner.GetAsync("/api/v1/jobs", Ct);
        answer.EnsureSuccessStatusCode();
        var jobs = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        return jobs.At("items").EnumerateArray().Single(job => job.Text("name") == Name);
    }
}
