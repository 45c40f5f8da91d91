using Huoma.Domain.Accounts;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Setup;

/// <summary>Makes the first tenant with its owner, once, however many try at the same time.</summary>
internal sealed class FirstOwner(HuomaDb db, Passwords passwords, TimeProvider time)
{
    public const string OwnerName = "管理员";

    /// <summary>The new owner; null when somebody was first.</summary>
    public async Task<User?> CreateAsync(string tenantName, string account, string password, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var hash = passwords.Hash(password);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The one row of setup_done is the turnstile: a second one waits here for the first one's commit, and then finds it taken.
        var passed = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO setup_done (only_row, done_at) VALUES (1, {now.ToUnixTimeMilliseconds()}) ON CONFLICT (only_row) DO NOTHING", ct);
        if (passed == 0 || await db.Users.IgnoreQueryFilters().AnyAsync(ct))
        {
            return null;
        }

        var tenant = new Tenant(NewId.Of<Tenant>(), tenantName, now);
        var owner = new User(NewId.Of<User>(), tenant.Id, account, OwnerName, Role.Owner, hash, now);
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(ct);
        db.Users.Add(owner);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM setup_tokens", ct);
        await transaction.CommitAsync(ct);
        return owner;
    }
}
