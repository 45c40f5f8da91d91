using Huoma.Server.Platform;

namespace Huoma.Server.Jobs;

internal static class JobsSetup
{
    public static void AddScheduler(this IServiceCollection services)
    {
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobScheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<JobScheduler>());
        services.AddScoped<JobQueries>();
    }

    /// <summary>Runs the job in one process at a time, for the first time after <paramref name="every"/>, and then as often.</summary>
    /// <param name="name">Stands in the database and in the API: it never changes.</param>
    public static void AddScheduledJob<T>(this IServiceCollection services, string name, TimeSpan every)
        where T : class, IScheduledJob
    {
        services.AddSingleton<T>();
        services.AddSingleton(provider => new ScheduledJob(name, every, provider.GetRequiredService<T>()));
    }
}
