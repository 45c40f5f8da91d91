using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Quota;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>增加自动建群数量, by the platform's administrators: the owners of the tenant that was set up first.</summary>
internal static class GrantQuota
{
    /// <param name="TenantId">Who gets them; one's own team when missing.</param>
    [SchemaExample("""{ "groups": 20, "reason": "11 月套餐" }""")]
    public sealed record Request([property: Required] int? Groups, [property: Required] string? Reason, TenantId? TenantId);

    public sealed record Response(long GroupsLeft);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, CurrentTenant tenant, CurrentActor actor, TimeProvider time, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return Problems.Create(StatusCodes.Status403Forbidden, "forbidden", "只有平台管理员可以增加自动建群数量，请联系他");
        }

        var errors = new FieldErrors().Given("groups", request.Groups).Line("reason", request.Reason, QuotaEntry.ReasonMaxLength);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        var groups = request.Groups.GetValueOrDefault();
        var receiver = request.TenantId ?? tenant.Id;
        if (QuotaEntry.CanBeGranted(groups) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (!await db.Tenants.AnyAsync(row => row.Id == receiver, ct))
        {
            return Problems.Invalid("tenantId", "没有这个团队");
        }

        db.QuotaEntries.Add(QuotaEntry.Grant(NewId.Of<QuotaEntry>(), receiver, groups, request.Reason?.Trim() ?? "", actor.UserId, time.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        var left = await db.QuotaEntries.IgnoreQueryFilters().Where(entry => entry.TenantId == receiver).SumAsync(entry => (long)entry.Groups, ct);
        return TypedResults.Ok(new Response(left));
    }
}
