using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>新建任务 on an existing code (F181–F189).</summary>
internal static class CreateCampaign
{
    [SchemaExample("""
        { "codeId": "2Qk9Zx7Lm0B", "name": "邀请好友一起读书", "description": "一起进群，每天读十页", "goal": 3, "posterImageId": "7Hf3Kd9Qw2E",
          "layout": { "qr": { "x": 250, "y": 1000, "size": 250 } }, "reward": { "kind": "link", "url": "https://example.com/gift" }, "startsAt": null,
          "endsAt": "2026-12-01T16:00:00Z", "deductLeavers": false }
        """)]
    public sealed record Request(
        [property: Required] LiveCodeId? CodeId,
        [property: Required] string? Name,
        string? Description,
        [property: Required] int? Goal,
        [property: Required] ImageId? PosterImageId,
        PosterLayout? Layout,
        [property: Required] RewardInput? Reward,
        DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt,
        bool? DeductLeavers,
        bool? Paused)
    {
        internal CampaignInput Input() => new()
        {
            Name = Name,
            Description = Description,
            Goal = Goal,
            PosterImageId = PosterImageId,
            Layout = Layout,
            Reward = new RewardInput(Reward?.Kind ?? RewardKind.Link, Reward?.Url),
            StartsAt = StartsAt,
            EndsAt = EndsAt,
            DeductLeavers = DeductLeavers,
            Paused = Paused,
        };
    }

    public static async Task<Results<Created<CampaignResponse>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, MemberStore members, CampaignQueries queries, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors().Line("name", request.Name, FissionCampaign.NameMaxLength)
            .Given("codeId", request.CodeId).Given("goal", request.Goal).Given("posterImageId", request.PosterImageId).Given("reward", request.Reward?.Kind);
        request.Input().Check(errors);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, request.CodeId.GetValueOrDefault(), ct);
        if (edit is null)
        {
            return Problems.Invalid("codeId", "没有找到这个活码，可能已被删除");
        }

        if (FissionCampaign.CanCarry(edit.LiveCode) is { } no)
        {
            return no.ToProblem();
        }

        var campaign = new FissionCampaign(NewId.Of<FissionCampaign>(), edit.LiveCode, NewId.Key(LiveCodeNumbers.KeyLetters, FissionCampaign.KeyLength), time.GetUtcNow());
        if (await request.Input().ApplyAsync(campaign, isClaimed: false, db, ct) is { } refusal)
        {
            return refusal.ToProblem();
        }

        db.Campaigns.Add(campaign);
        await members.RememberAllAsync(edit.LiveCode.Id, ct);
        await edit.SaveAsync(ct);
        return TypedResults.Created($"/api/v1/campaigns/{campaign.Id}", await queries.DescribeAsync(campaign, ct));
    }
}
