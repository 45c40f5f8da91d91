namespace Huoma.Server.Platform;

/// <summary>Work that comes again and again without anybody asking.</summary>
internal interface IJob
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>A job that also runs when its bell is rung.</summary>
internal interface IRungJob : IJob
{
    Bell Bell { get; }
}

internal static class Jobs
{
    /// <summary>Runs the job for the first time after <paramref name="every"/>, and then as often.</summary>
    public static void AddJob<T>(this IServiceCollection services, TimeSpan every)
        where T : class, IJob
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Runner<T>>(provider, every));
    }

    private sealed class Runner<T>(T job, TimeSpan every, TimeProvider time, ILogger<T> log) : BackgroundService
        where T : IJob
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(every, time);
            while (await WaitAsync(timer, stoppingToken))
            {
                try
                {
                    await job.RunAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The next round tries again.
                    log.JobFailed(typeof(T).Name, exception);
                }
            }
        }

        private async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken ct)
        {
            if (job is not IRungJob rung)
            {
                return await timer.WaitForNextTickAsync(ct);
            }

            await rung.Bell.WaitAsync(every, time, ct);
            return true;
        }
    }
}

internal static partial class JobLog
{
    [LoggerMessage(1101, LogLevel.Error, "The job {Job} failed; it is tried again at its next time")]
    public static partial void JobFailed(this ILogger logger, string job, Exception exception);
}
