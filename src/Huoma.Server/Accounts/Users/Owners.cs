using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Huoma.Server.Accounts.Users;

/// <summary>The owners of the tenant, counted so that two who demote each other at the same time do not both succeed.</summary>
internal sealed class Owners(HuomaDb db, CurrentTenant tenant)
{
    /// <summary>Changes of one tenant's users take turns from here to the commit.</summary>
    public async Task<IDbContextTransaction> LockAsync(CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer anyway.
        await db.Database.ExecuteSqlAsync($"UPDATE tenants SET name = name WHERE id = {tenant.Id.Value}", ct);
        return transaction;
    }

    public Task<int> CountOthersAsync(User user, CancellationToken ct) =>
        db.Users.CountAsync(row => row.Id != user.Id && row.Role == Role.Owner && !row.Disabled, ct);
}
