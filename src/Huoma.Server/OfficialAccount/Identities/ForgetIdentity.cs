using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.OfficialAccount.Identities;

/// <summary>Whose data are removed is a stranger to the 公众号 again, with all his cookies.</summary>
internal sealed class ForgetIdentity(HuomaDb db) : IForgetsVisitors
{
    public async Task ForgetAsync(TenantId tenant, long visitorId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM wechat_sign_ins WHERE visitor_id = {visitorId} OR visitor_id IN (SELECT visitor_id FROM visitor_people WHERE person_id = {visitorId})", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM visitor_identities WHERE person_id = {visitorId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM visitor_people WHERE person_id = {visitorId}", ct);
    }
}
