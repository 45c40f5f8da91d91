using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>设置 → 基本设置, pause and end (F198). Another goal is compared with everybody's friends at once; who had reached the former one stays (D23).</summary>
internal static class EditCampaign
{
    public static async Task<Results<Ok<CampaignResponse>, ProblemHttpResult>> Handle(
        CampaignId id, CampaignInput request, HuomaDb db, ProgressStore progress, CampaignQueries queries, CancellationToken ct)
    {
        var errors = new FieldErrors();
        request.Check(errors);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Campaigns.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        // Its changes are told as the code's, which is there even when it was deleted.
        await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(row => row.Id == campaign.LiveCodeId).LoadAsync(ct);
        var isClaimed = await db.Participants.AnyAsync(row => row.CampaignId == id && row.ClaimedAt != null, ct);
        if ((campaign.IsStill(request.Version) ?? await request.ApplyAsync(campaign, isClaimed, db, ct)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "campaign.changed-meanwhile", "这个任务刚刚被其他人修改过，请刷新后再改");
        }

        await progress.CompleteAsync(campaign, inviter: null, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(campaign, ct));
    }
}
