using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>
/// Who had his data removed a short while ago, by a mark, in the transaction of the caller. His scans before that are still in the log of visits, which is read
/// again for what nobody recorded; they must not bring him back.
/// </summary>
internal sealed class RemovalStore(HuomaDb db, RemovedPeople removed)
{
    /// <summary>The log is read to its end every minute; after a week nothing of that time is left to be read.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task RememberAsync(FissionCampaign campaign, IReadOnlyCollection<long> visitors, DateTimeOffset now, CancellationToken ct)
    {
        var (at, gone) = (now.ToUnixTimeMilliseconds(), (now - Kept).ToUnixTimeMilliseconds());
        await db.Database.ExecuteSqlAsync($"DELETE FROM fission_removals WHERE removed_at < {gone}", ct);
        foreach (var mark in visitors.Select(visitor => removed.MarkOf(campaign.Id, visitor)))
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO fission_removals (mark, removed_at) VALUES ({mark}, {at}) ON CONFLICT (mark) DO UPDATE SET removed_at = excluded.removed_at", ct);
        }
    }

    /// <summary>Whether this visitor's data were removed after that scan.</summary>
    public async Task<bool> IsForgottenAsync(CampaignId campaign, long visitor, DateTimeOffset scannedAt, CancellationToken ct)
    {
        var (mark, at) = (removed.MarkOf(campaign, visitor), scannedAt.ToUnixTimeMilliseconds());
        return await db.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM fission_removals WHERE mark = {mark} AND removed_at >= {at}""").AnyAsync(ct);
    }
}
