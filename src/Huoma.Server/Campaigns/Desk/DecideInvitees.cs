using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Audit;
using Huoma.Domain.Campaigns;
using Huoma.Server.Audit;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>What an operator says about friends.</summary>
internal enum InviteeDecision
{
    Confirm = 1,

    /// <summary>不计数.</summary>
    Reject = 2,
}

/// <summary>
/// 批量确认、不计数: chosen friends, or all 待确认 of a filter; in one transaction, each answered for. Twice the same changes nothing more, and what robots find
/// out at the same moment waits or is there first (U7).
/// </summary>
internal static class DecideInvitees
{
    /// <summary>The longest page, and what is decided at a time without keeping others waiting.</summary>
    public const int Most = 200;

    /// <param name="Ids">These friends; missing: all who are 待确认 and fit the filter, so many at a time.</param>
    [SchemaExample("""{ "decision": "confirm", "ids": ["2Lm7Qx9Vb5C", "9Hd4Tz1Wc8K"], "groupId": null, "evidence": null, "from": null, "to": null }""")]
    public sealed record Request(
        [property: Required] InviteeDecision? Decision, IReadOnlyList<InviteeId>? Ids, GroupId? GroupId, JoinEvidence? Evidence, DateTimeOffset? From, DateTimeOffset? To);

    /// <param name="Changed">How many were confirmed, or do not count, because of this.</param>
    /// <param name="Kept">Who stays as he is, and why.</param>
    /// <param name="Remaining">How many 待确认 of the filter are still there: ask again.</param>
    [SchemaExample("""{ "changed": 1, "kept": [{ "id": "9Hd4Tz1Wc8K", "nickname": "小李", "code": "invitee.decided", "message": "这位好友已经有结果，无需确认" }], "remaining": 0 }""")]
    internal sealed record Response(int Changed, IReadOnlyList<KeptInvitee> Kept, int Remaining);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CampaignId id, Request request, HuomaDb db, JoinAttribution attribution, CurrentActor actor, CurrentChange change, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors().Given("decision", request.Decision);
        if (request.Ids is { Count: 0 or > Most })
        {
            errors.Add("ids", $"请选择 1 到 {Most} 位好友");
        }

        if (errors.Any(out var problem) || request.Decision is not { } decision)
        {
            return problem ?? Problems.NotFound();
        }

        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var codes = db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]);
        await LiveCodeEdit.LockAsync(codes, [campaign.LiveCodeId], ct);
        await codes.Where(row => row.Id == campaign.LiveCodeId).LoadAsync(ct);
        var wanted = Wanted(db.Invitees.Where(row => row.CampaignId == id), request);
        var friends = await wanted.OrderBy(row => row.JoinedAt).ThenBy(row => row.Id).Take(Most).ToListAsync(ct);
        var taken = decision == InviteeDecision.Confirm ? await TakenAsync(db, friends, ct) : [];
        var kept = Decide(request, friends, friend => Decide(friend, decision, taken.Contains(friend.Id), actor, time));
        change.Is(AuditWay.Bulk);
        try
        {
            await attribution.SettleAsync(campaign, friends, ct);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            return Problems.Create(StatusCodes.Status409Conflict, "invitee.changed-meanwhile", "有好友刚刚变化，请刷新后重试");
        }

        var remaining = request.Ids is null ? await wanted.CountAsync(ct) : 0;
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(friends.Count - kept.Count(one => one.IsThere), [.. kept], remaining));
    }

    private static IQueryable<Invitee> Wanted(IQueryable<Invitee> rows, Request request) => request.Ids is { } ids
        ? rows.Where(row => ids.Contains(row.Id))
        : new InviteeFilter(State: null, ToBeConfirmed: true, request.GroupId, new Choice<JoinEvidence>(request.Evidence, IsKnown: true), request.From, request.To).Among(rows);

    private static List<KeptInvitee> Decide(Request request, List<Invitee> friends, Func<Invitee, Refusal?> decide)
    {
        var kept = new List<KeptInvitee>();
        foreach (var friend in friends)
        {
            if (decide(friend) is { } refusal)
            {
                kept.Add(new KeptInvitee(friend.Id, friend.MemberName, refusal.Code, refusal.Message) { IsThere = true });
            }
        }

        var missing = (request.Ids ?? []).Distinct().Where(id => !friends.Exists(friend => friend.Id == id));
        kept.AddRange(missing.Select(id => new KeptInvitee(id, Nickname: null, "not-found", "没有找到这位好友")));
        return kept;
    }

    private static Refusal? Decide(Invitee friend, InviteeDecision decision, bool isTaken, CurrentActor actor, TimeProvider time) => decision switch
    {
        InviteeDecision.Reject => friend.RejectBy(actor.Name),
        _ when isTaken => new Refusal("invitee.taken", "这位好友或这位群成员已经计给了别人，不能再确认"),
        _ => friend.ConfirmBy(actor.Name, time.GetUtcNow()),
    };

    /// <summary>Who was rejected before, and has been counted for somebody else since, or whose member has.</summary>
    private static async Task<HashSet<InviteeId>> TakenAsync(HuomaDb db, List<Invitee> friends, CancellationToken ct)
    {
        var rejected = friends.FindAll(friend => friend.Reason != UncountedReason.None);
        if (rejected.Count == 0)
        {
            return [];
        }

        var (campaign, visitors, members) = (rejected[0].CampaignId, rejected.ConvertAll(friend => friend.VisitorId), rejected.ConvertAll(friend => friend.MemberId));
        var counted = await db.Invitees.AsNoTracking()
            .Where(row => row.CampaignId == campaign && row.Reason == UncountedReason.None && (visitors.Contains(row.VisitorId) || (row.MemberId != null && members.Contains(row.MemberId))))
            .Select(row => new { row.VisitorId, row.MemberId }).ToListAsync(ct);
        var twice = rejected.GroupBy(friend => friend.MemberId, StringComparer.Ordinal).SelectMany(same => same.Skip(1)).Concat(rejected.GroupBy(friend => friend.VisitorId).SelectMany(same => same.Skip(1)));
        return [.. rejected.Where(friend => counted.Exists(row => row.VisitorId == friend.VisitorId || (row.MemberId is not null && row.MemberId == friend.MemberId))).Concat(twice).Select(friend => friend.Id)];
    }
}

/// <summary>A friend who stays as he is, and why.</summary>
internal sealed record KeptInvitee(InviteeId Id, string? Nickname, string Code, string Message)
{
    /// <summary>He is a friend of this campaign; else there is none by that id.</summary>
    internal bool IsThere { get; init; }
}
