using Huoma.Domain;
using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>确认 or 拒绝 of a friend who is 待确认, by an operator (U7).</summary>
internal static class DecideInvitee
{
    public static Task<Results<Ok<InviteeResponse>, ProblemHttpResult>> HandleConfirm(
        InviteeId id, HuomaDb db, JoinAttribution attribution, InviteeQueries queries, CurrentActor actor, TimeProvider time, CancellationToken ct) =>
        DecideAsync(id, friend => friend.ConfirmBy(actor.Name, time.GetUtcNow()), db, attribution, queries, ct);

    public static Task<Results<Ok<InviteeResponse>, ProblemHttpResult>> HandleReject(
        InviteeId id, HuomaDb db, JoinAttribution attribution, InviteeQueries queries, CurrentActor actor, CancellationToken ct) =>
        DecideAsync(id, friend => friend.RejectBy(actor.Name), db, attribution, queries, ct);

    // The code is locked first, as robots' news do it: both change the same friends.
    private static async Task<Results<Ok<InviteeResponse>, ProblemHttpResult>> DecideAsync(
        InviteeId id, Func<Invitee, Refusal?> decide, HuomaDb db, JoinAttribution attribution, InviteeQueries queries, CancellationToken ct)
    {
        var codeId = await db.Invitees.AsNoTracking().Where(row => row.Id == id).Select(row => (LiveCodeId?)row.LiveCodeId).SingleOrDefaultAsync(ct);
        if (codeId is null)
        {
            return Problems.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var codes = db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]);
        await LiveCodeEdit.LockAsync(codes, [codeId.Value], ct);
        await codes.Where(row => row.Id == codeId).LoadAsync(ct);
        var friend = await db.Invitees.SingleAsync(row => row.Id == id, ct);
        if (decide(friend) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == friend.CampaignId, ct);
        try
        {
            await attribution.SettleAsync(campaign, friend, ct);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            return Problems.Create(StatusCodes.Status409Conflict, "invitee.taken", "这位好友或这位群成员已经计给了别人，不能再确认");
        }

        await transaction.CommitAsync(ct);
        return TypedResults.Ok((await queries.DescribeAsync([friend], ct))[0]);
    }
}
