using Huoma.Domain;
using Huoma.Domain.Campaigns;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>福利 as it is sent.</summary>
internal sealed record RewardInput(RewardKind? Kind, string? Url);

/// <summary>What is set of a campaign; what is missing stays as it is. <c>"endsAt": null</c> takes the end away, as with the start.</summary>
internal sealed record CampaignInput
{
    /// <summary>Of the campaign the form was filled in from; when given, one that somebody else has changed since is left alone.</summary>
    public long? Version { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public int? Goal { get; init; }

    public ImageId? PosterImageId { get; init; }

    public PosterLayout? Layout { get; init; }

    public RewardInput? Reward { get; init; }

    public bool? DeductLeavers { get; init; }

    public bool? Paused { get; init; }

    public DateTimeOffset? StartsAt
    {
        get;
        init
        {
            field = value;
            IsStartGiven = true;
        }
    }

    public DateTimeOffset? EndsAt
    {
        get;
        init
        {
            field = value;
            IsEndGiven = true;
        }
    }

    internal bool IsStartGiven { get; private init; }

    internal bool IsEndGiven { get; private init; }

    public void Check(FieldErrors errors)
    {
        if (Name is not null)
        {
            errors.Line("name", Name, FissionCampaign.NameMaxLength);
        }

        errors.OptionalLine("description", Description, FissionCampaign.DescriptionMaxLength)
            .Range("goal", Goal, 1, FissionCampaign.GoalMax)
            .OptionalLine("reward.url", Reward?.Url, FissionCampaign.RewardUrlMaxLength);
        if (Layout is { Qr: null })
        {
            errors.Add("layout.qr", "不能为空");
        }
    }

    /// <summary>Sets everything that was given; the first no ends it.</summary>
    /// <param name="isClaimed">Somebody has had a reward already.</param>
    public async Task<Refusal?> ApplyAsync(FissionCampaign campaign, bool isClaimed, HuomaDb db, CancellationToken ct)
    {
        campaign.Describe(Name.OrNone() ?? campaign.Name, Description?.Trim() ?? campaign.Description);
        campaign.Aims(Goal ?? campaign.Goal);
        campaign.Deducts(DeductLeavers ?? campaign.DeductsLeavers);
        campaign.Pauses(Paused ?? campaign.IsPaused);
        return campaign.Lasts(IsStartGiven ? StartsAt : campaign.StartsAt, IsEndGiven ? EndsAt : campaign.EndsAt)
            ?? (Reward is { } reward ? campaign.Rewards(reward.Kind ?? campaign.RewardKind, reward.Url.OrNone() ?? campaign.RewardUrl, isClaimed) : null)
            ?? (PosterImageId is null && Layout is null ? null : await ShowAsync(campaign, db, ct));
    }

    private async Task<Refusal?> ShowAsync(FissionCampaign campaign, HuomaDb db, CancellationToken ct)
    {
        var id = PosterImageId ?? campaign.PosterImageId;
        if (await db.Images.AsNoTracking().SingleOrDefaultAsync(image => image.Id == id, ct) is not { } poster)
        {
            return new Refusal("campaign.poster-missing", "没有找到这张海报，请重新上传", "posterImageId");
        }

        return campaign.Shows(id, poster.Width, poster.Height, Layout ?? LayoutFor(campaign, poster));
    }

    // Another picture keeps the layout as long as that fits.
    private static PosterLayout LayoutFor(FissionCampaign campaign, Image poster) =>
        campaign.PosterImageId.Value != 0 && campaign.Layout.FitsOn(poster.Width, poster.Height) is null ? campaign.Layout : PosterLayout.For(poster.Width, poster.Height);
}
