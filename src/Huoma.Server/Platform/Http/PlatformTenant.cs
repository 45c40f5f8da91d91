using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Platform.Http;

/// <summary>The tenant that was set up first is the platform's own: its owners look after the system and grant to the others.</summary>
internal static class PlatformTenant
{
    public static async Task<bool> IsAsync(HuomaDb db, TenantId tenant, CancellationToken ct) =>
        await db.Tenants.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => (TenantId?)row.Id).FirstOrDefaultAsync(ct) == tenant;
}
