using Huoma.Domain.Quota;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>Charges groups that were made. Saved with what the caller saves.</summary>
internal sealed class QuotaLedger(HuomaDb db, TimeProvider time)
{
    /// <summary>Once a group, however often it is heard of (D27).</summary>
    public async Task ChargeAsync(GroupId groupId, TenantId tenantId, string groupName, CancellationToken ct)
    {
        if (!await db.QuotaEntries.AnyAsync(entry => entry.GroupId == groupId.Value, ct))
        {
            db.QuotaEntries.Add(QuotaEntry.Charge(NewId.Of<QuotaEntry>(), tenantId, groupId.Value, groupName, time.GetUtcNow()));
        }
    }
}
