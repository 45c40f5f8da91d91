using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Groups.Rules;

/// <summary>Deletes the texts of members after <see cref="GroupsOptions.KeepMessagesDays"/>, and earlier when there are more than 试运行 looks at.</summary>
internal sealed class ForgetHeardMessages(IServiceScopeFactory scopes, IOptions<GroupsOptions> options, TimeProvider time, ILogger<ForgetHeardMessages> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<HeardMessageStore>();
        var days = options.Value.KeepMessagesDays;
        if (await store.ForgetAsync(time.GetUtcNow().AddDays(-days), ct) is > 0 and var deleted)
        {
            log.MessagesForgotten(deleted, days);
        }
    }
}
