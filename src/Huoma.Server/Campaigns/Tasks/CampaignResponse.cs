using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>A 任务宝任务 as the API shows it.</summary>
/// <param name="PosterUrl">海报生成链接.</param>
/// <param name="ProgressUrl">任务进度链接.</param>
/// <param name="Obstacle">Why its code can not carry it any more; null: nothing stands in the way.</param>
/// <param name="Concerns">合规体检: what the platform may take for induced sharing.</param>
[SchemaExample("""
    { "id": "4Nc8Vx2Lq6R", "key": "Hs7dK2mQ9x", "codeId": "2Qk9Zx7Lm0B", "codeName": "双十一读书会", "name": "邀请好友一起读书", "description": "一起进群，每天读十页",
      "goal": 3, "posterImageId": "7Hf3Kd9Qw2E", "posterImageUrl": "/m/0f3c.jpg", "layout": { "qr": { "x": 250, "y": 1000, "size": 250 },
        "avatar": { "x": 325, "y": 790, "size": 100, "shown": false },
        "nickname": { "x": 75, "y": 920, "width": 600, "size": 34, "colour": "#333333", "align": "center", "text": "{昵称} 邀请你加入" },
        "texts": [{ "x": 75, "y": 1260, "width": 600, "size": 24, "colour": "#666666", "align": "center", "text": "长按识别二维码进群" }] },
      "reward": { "kind": "link", "url": "https://example.com/gift", "codes": null, "codesLeft": null },
      "posterUrl": "https://qun.example.com/t/Hs7dK2mQ9x", "progressUrl": "https://qun.example.com/t/Hs7dK2mQ9x/progress", "startsAt": null,
      "endsAt": "2026-12-01T16:00:00.000Z", "deductLeavers": false, "paused": false, "status": "running", "obstacle": null, "concerns": [],
      "counts": { "participants": 30, "scanned": 88, "pressed": 70, "joined": 52, "toBeConfirmed": 3, "valid": 47, "left": 2, "notCounted": 9, "completed": 12, "claimed": 10 },
      "version": 5, "createdAt": "2026-11-22T04:00:00.000Z" }
    """)]
internal sealed record CampaignResponse(
    CampaignId Id,
    string Key,
    LiveCodeId CodeId,
    string CodeName,
    string Name,
    string Description,
    int Goal,
    ImageId PosterImageId,
    string? PosterImageUrl,
    PosterLayout Layout,
    RewardResponse Reward,
    string PosterUrl,
    string ProgressUrl,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    bool DeductLeavers,
    bool Paused,
    CampaignStatus Status,
    string? Obstacle,
    IReadOnlyList<SharingConcern> Concerns,
    CampaignCountsResponse Counts,
    long Version,
    DateTimeOffset CreatedAt)
{
    public static CampaignResponse Of(FissionCampaign campaign, LiveCode liveCode, string? posterUrl, CampaignCounts counts, PublicUrl url, DateTimeOffset now) => new(
        campaign.Id,
        campaign.Key,
        campaign.LiveCodeId,
        liveCode.Name,
        campaign.Name,
        campaign.Description,
        campaign.Goal,
        campaign.PosterImageId,
        posterUrl,
        campaign.Layout,
        campaign.RewardKind == RewardKind.Codes
            ? new RewardResponse(campaign.RewardKind, Url: null, counts.Codes, counts.CodesLeft)
            : new RewardResponse(campaign.RewardKind, campaign.RewardUrl, Codes: null, CodesLeft: null),
        url.Of($"/t/{campaign.Key}"),
        url.Of($"/t/{campaign.Key}/progress"),
        campaign.StartsAt,
        campaign.EndsAt,
        campaign.DeductsLeavers,
        campaign.IsPaused,
        campaign.StatusAt(now),
        FissionCampaign.CanCarry(liveCode)?.Message,
        SharingRules.Check([campaign.Name, campaign.Description, .. campaign.Layout.Words()]),
        CampaignCountsResponse.Of(counts),
        campaign.Version,
        campaign.CreatedAt);
}

/// <summary>福利.</summary>
/// <param name="Codes">Of a stock: how many there ever were.</param>
internal sealed record RewardResponse(RewardKind Kind, string? Url, long? Codes, long? CodesLeft);

/// <summary>The funnel: posters, scans, presses, joins, completed, claimed.</summary>
/// <param name="Scanned">Distinct friends who opened an invitation.</param>
/// <param name="Pressed">Those of them who pressed the group's QR.</param>
/// <param name="Joined">Those for whom a member of a group was found.</param>
internal sealed record CampaignCountsResponse(
    long Participants, long Scanned, long Pressed, long Joined, long ToBeConfirmed, long Valid, long Left, long NotCounted, long Completed, long Claimed)
{
    public static CampaignCountsResponse Of(CampaignCounts counts) => new(
        counts.Participants, counts.Scanned, counts.Pressed, counts.Joined, counts.ToBeConfirmed, counts.Valid, counts.Left, counts.NotCounted, counts.Completed, counts.Claimed);
}
