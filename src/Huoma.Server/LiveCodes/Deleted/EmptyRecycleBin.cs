using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Deleted;

/// <summary>
/// Makes deletions of more than 30 days ago final. Rows stay: visits refer to them, and their printed addresses keep answering
/// 店小二已下班 and are never given to another code. (Slots need no mark: their age is asked when somebody wants them back.)
/// </summary>
internal sealed class EmptyRecycleBin(IServiceScopeFactory scopes, TimeProvider time) : IScheduledJob
{
    private const int Step = 100;

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var oldest = RecycleBin.Oldest(now);
        var purged = 0L;
        for (var found = Step; found == Step;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();

            // Of all tenants: nobody is signed in here.
            var due = await db.LiveCodes.IgnoreQueryFilters().Where(row => row.DeletedAt != null && row.DeletedAt <= oldest && row.PurgedAt == null)
                .OrderBy(row => row.DeletedAt).Take(Step).ToListAsync(ct);
            due.ForEach(liveCode => liveCode.Purge(now));
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another process is at it, or somebody restores one at this moment; the next round finds what is left.
                return JobResult.Of(("codes", purged));
            }

            found = due.Count;
            purged += found;
        }

        return JobResult.Of(("codes", purged));
    }
}
