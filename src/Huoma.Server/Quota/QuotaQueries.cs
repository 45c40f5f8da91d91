using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>剩余自动建群数量 of the signed-in tenant (D27, F003).</summary>
internal sealed class QuotaQueries(HuomaDb db)
{
    /// <summary>What the ledger says: granted, less what was made.</summary>
    public async Task<long> LeftAsync(CancellationToken ct) => await db.QuotaEntries.SumAsync(entry => (long)entry.Groups, ct);
}
