using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>剩余自动建群数量 of the signed-in tenant (D27, F003).</summary>
internal sealed class QuotaQueries(HuomaDb db, Database database, CurrentTenant tenant)
{
    /// <summary>Until the transaction ends nobody else of this tenant spends from it; what is read afterwards stays true.</summary>
    public async Task LockAsync(CancellationToken ct)
    {
        // On SQLite whoever has begun a transaction writes alone. Not FOR UPDATE: that would hold up every row that refers to the tenant.
        if (database.IsPostgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM tenants WHERE id = {tenant.Id.Value} FOR NO KEY UPDATE", ct);
        }
    }

    /// <summary>What the ledger says: granted, less what was made.</summary>
    public async Task<long> LeftAsync(CancellationToken ct) => await db.QuotaEntries.SumAsync(entry => (long)entry.Groups, ct);
}
