using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>A campaign with its code.</summary>
internal sealed record CampaignOfCode
{
    public required FissionCampaign Campaign { get; init; }

    public required LiveCode LiveCode { get; init; }
}

/// <summary>Reads campaigns as the API shows them, in a fixed number of queries.</summary>
internal sealed class CampaignQueries(HuomaDb db, CampaignCountQueries counts, PublicUrl url, TimeProvider time)
{
    /// <summary>Campaigns of deleted codes are found here too: their figures and rewards stay.</summary>
    public IQueryable<CampaignOfCode> All =>
        from campaign in db.Campaigns.AsNoTracking().IgnoreQueryFilters([HuomaDb.DeletedFilter])
        join liveCode in db.LiveCodes.AsNoTracking() on campaign.LiveCodeId equals liveCode.Id
        select new CampaignOfCode { Campaign = campaign, LiveCode = liveCode };

    public async Task<CampaignResponse> DescribeAsync(FissionCampaign campaign, CancellationToken ct) =>
        (await DescribeAsync([await All.SingleAsync(row => row.Campaign.Id == campaign.Id, ct)], ct))[0];

    public async Task<IReadOnlyList<CampaignResponse>> DescribeAsync(IReadOnlyList<CampaignOfCode> rows, CancellationToken ct)
    {
        var totals = await counts.OfAsync([.. rows.Select(row => row.Campaign.Id)], ct);
        var posters = rows.Select(row => row.Campaign.PosterImageId).ToList();
        var urls = await db.Images.AsNoTracking().Where(image => posters.Contains(image.Id)).ToDictionaryAsync(image => image.Id, image => image.Url, ct);
        var now = time.GetUtcNow();
        return
        [
            .. rows.Select(row => CampaignResponse.Of(
                row.Campaign, row.LiveCode, urls.GetValueOrDefault(row.Campaign.PosterImageId), totals.GetValueOrDefault(row.Campaign.Id, CampaignCounts.None), url, now)),
        ];
    }
}
