using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Quota;

/// <summary>剩余自动建群数量 and its ledger, the newest first.</summary>
internal static class ShowQuota
{
    [SchemaExample("""
        { "groupsLeft": 18, "canGrant": true, "entries": { "items": [{ "id": "3Kf8Zb1Qw7M", "groups": -1, "reason": "进群宝演示群2", "groupId": "9Ht2Lc5Vx0N", "by": null,
          "at": "2026-11-22T04:00:00.000Z" }], "total": 1, "page": 1, "pageSize": 20 } }
        """)]
    public sealed record Response(long GroupsLeft, bool CanGrant, Listing<QuotaEntryResponse> Entries);

    /// <param name="By">Who granted it; null for what was charged.</param>
    public sealed record QuotaEntryResponse(QuotaEntryId Id, int Groups, string Reason, GroupId? GroupId, string? By, DateTimeOffset At);

    public static async Task<Ok<Response>> Handle(
        [AsParameters] Paging paging, HuomaDb db, QuotaQueries quota, CurrentTenant tenant, CancellationToken ct)
    {
        var total = await db.QuotaEntries.CountAsync(ct);
        var entries = await (
            from entry in db.QuotaEntries.AsNoTracking()
            join user in db.Users.IgnoreQueryFilters() on entry.ActorId equals user.Id into actors
            from actor in actors.DefaultIfEmpty()
            orderby entry.At descending, entry.Id descending
            select new { Entry = entry, By = actor == null ? null : actor.Name }).Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        var items = entries.ConvertAll(row => new QuotaEntryResponse(
            row.Entry.Id, row.Entry.Groups, row.Entry.Reason, row.Entry.GroupId is { } group ? new GroupId(group) : null, row.By, row.Entry.At));
        return TypedResults.Ok(new Response(
            await quota.LeftAsync(ct), await PlatformTenant.IsAsync(db, tenant.Id, ct), new(items, total, paging.Number, paging.Size)));
    }
}
