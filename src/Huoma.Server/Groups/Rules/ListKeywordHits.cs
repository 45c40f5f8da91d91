using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <param name="Failure">Why he is still there, with what to do.</param>
[SchemaExample("""
    { "id": "3Kf8Zb1Qw7M", "groupId": "9Ht2Lc5Vx0N", "groupName": "进群宝演示群2", "memberId": "wxid_spam", "name": "卖货的", "keyword": "加微信",
      "text": "加微信领资料", "at": "2026-11-22T04:00:00.000Z", "outcome": "kicked", "failure": null }
    """)]
internal sealed record KeywordHitResponse(
    KeywordHitId Id, GroupId GroupId, string GroupName, string MemberId, string Name, string Keyword, string Text, DateTimeOffset At, KickOutcome Outcome, string? Failure);

/// <summary>踢人记录: who was removed for which keyword, the newest first (F106).</summary>
internal static class ListKeywordHits
{
    public static async Task<Results<Ok<Listing<KeywordHitResponse>>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Paging paging, HuomaDb db, CancellationToken ct)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var all = db.KeywordHits.AsNoTracking().Where(hit => hit.LiveCodeId == id);
        var total = await all.CountAsync(ct);
        var hits = await all.OrderByDescending(hit => hit.At).ThenByDescending(hit => hit.Id).Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        var names = await db.Groups.AsNoTracking().Where(group => group.LiveCodeId == id).ToDictionaryAsync(group => group.Id, group => group.Name, ct);
        return TypedResults.Ok(new Listing<KeywordHitResponse>(
            [
                .. hits.Select(hit => new KeywordHitResponse(
                    hit.Id, hit.GroupId, names.GetValueOrDefault(hit.GroupId, ""), hit.MemberId, hit.Name, hit.Keyword, hit.Text, hit.At, hit.Outcome, hit.Failure)),
            ],
            total, paging.Number, paging.Size));
    }
}
