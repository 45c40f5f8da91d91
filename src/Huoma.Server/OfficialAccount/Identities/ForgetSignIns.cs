using Huoma.Server.Platform;

namespace Huoma.Server.OfficialAccount.Identities;

/// <summary>Ways to WeChat and back are of no use a day after they ended.</summary>
internal sealed class ForgetSignIns(SignInStore signIns, TimeProvider time) : IScheduledJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(("signIns", await signIns.ForgetAsync(time.GetUtcNow() - Kept, ct)));
}
