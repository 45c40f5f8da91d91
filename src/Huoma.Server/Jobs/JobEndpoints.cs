namespace Huoma.Server.Jobs;

internal static class JobEndpoints
{
    /// <summary>后台任务: of the whole system, so for owners of the platform's own tenant.</summary>
    public static void MapJobs(this RouteGroupBuilder owners)
    {
        var jobs = owners.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("", ListJobs.Handle).WithName(nameof(ListJobs));
        jobs.MapPost("/{name}/run", RunJob.Handle).WithName(nameof(RunJob));
    }
}
