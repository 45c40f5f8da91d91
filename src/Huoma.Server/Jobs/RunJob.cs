using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Jobs;

/// <summary>立即运行: begins within a second or two, in some process; one that is under way runs once more afterwards. No job does harm by it.</summary>
internal static class RunJob
{
    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        string name, JobScheduler scheduler, JobStore store, HuomaDb db, CurrentTenant tenant, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return Problems.Create(StatusCodes.Status403Forbidden, "forbidden", "只有平台管理员可以运行后台任务");
        }

        if (scheduler.All.All(job => job.Name != name) || !await store.AskAsync(name, ct))
        {
            return Problems.NotFound();
        }

        scheduler.Bell.Ring();
        return TypedResults.Accepted("/api/v1/jobs");
    }
}
