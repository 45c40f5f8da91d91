using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Groups.Rules;

/// <summary>Deletes the texts of members after <see cref="GroupsOptions.KeepMessagesDays"/>, and earlier when there are more than 试运行 looks at.</summary>
internal sealed class ForgetHeardMessages(IServiceScopeFactory scopes, IOptions<GroupsOptions> options, TimeProvider time, ILogger<ForgetHeardMessages> log) : IScheduledJob
{
    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<HeardMessageStore>();
        var days = options.Value.KeepMessagesDays;
        var deleted = await store.ForgetAsync(time.GetUtcNow().AddDays(-days), ct);
        if (deleted > 0)
        {
            log.MessagesForgotten(deleted, days);
        }

        return JobResult.Of(("messages", deleted));
    }
}
