using Dapper;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>Who is signed in, for whom, and what he may do: what the console asks first.</summary>
internal sealed record Me(Me.MyUser User, Me.MyTenant Tenant, Role Role, Me.MyQuota Quota, IReadOnlyList<string> Guides)
{
    internal sealed record MyUser(UserId Id, string Account, string Name, Role Role);

    internal sealed record MyTenant(TenantId Id, string Name);

    /// <param name="GroupsLeft">剩余自动建群数量.</param>
    internal sealed record MyQuota(int GroupsLeft);

    public static async Task<Me> OfAsync(User user, HuomaDb db, Database database, CancellationToken ct)
    {
        var tenant = await db.Tenants.AsNoTracking().SingleAsync(row => row.Id == user.TenantId, ct);
        await using var connection = await database.OpenAsync(ct);
        const string sql = "SELECT guide FROM guides WHERE user_id = @User AND tenant_id = @Tenant ORDER BY guide";
        var guides = await connection.QueryAsync<string>(sql, new { User = user.Id.Value, Tenant = user.TenantId.Value });
        return new Me(
            new MyUser(user.Id, user.Account, user.Name, user.Role), new MyTenant(tenant.Id, tenant.Name), user.Role, new MyQuota(await db.QuotaEntries.SumAsync(entry => entry.Groups, ct)),
            guides.AsList());
    }
}
