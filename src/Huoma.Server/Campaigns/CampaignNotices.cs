using System.Globalization;
using Huoma.Domain.Campaigns;
using Huoma.Domain.Notices;
using Huoma.Server.Notices.Watch;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns;

/// <summary>Tells operators what happens to a campaign; each event once.</summary>
internal sealed class CampaignNotices(NoticeStore notices, HuomaDb db, TimeProvider time)
{
    /// <summary>福利码已发完; new codes make the next time another event.</summary>
    public Task RewardsAreOutAsync(FissionCampaign campaign, long codes, CancellationToken ct) =>
        TellAsync(campaign, NoticeKind.RewardsOut, string.Create(CultureInfo.InvariantCulture, $"{codes}"), ct);

    /// <summary>Somebody guesses 口令; told once a day.</summary>
    public Task TokensAreGuessedAsync(FissionCampaign campaign, CancellationToken ct) =>
        TellAsync(campaign, NoticeKind.TokenGuessing, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd}"), ct);

    /// <summary>Participants get no posters; another picture or layout is another occasion.</summary>
    public Task PosterIsUnreadableAsync(FissionCampaign campaign, CancellationToken ct) =>
        TellAsync(campaign, NoticeKind.PosterUnreadable, string.Create(CultureInfo.InvariantCulture, $"{campaign.Version}"), ct);

    private async Task TellAsync(FissionCampaign campaign, NoticeKind kind, string occasion, CancellationToken ct)
    {
        var name = await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).Where(row => row.Id == campaign.LiveCodeId).Select(row => row.Name).SingleAsync(ct);
        var told = new NoticeEvent($"{kind}:{campaign.Id}:{occasion}", kind, Slot: null, HoursBefore: null, PlacesLeft: null, LastsFor: null);
        await notices.TellAsync([new WatchedEvent(campaign.TenantId, campaign.LiveCodeId, RobotId: null, name, SlotName: null, campaign.Name, told)], time.GetUtcNow(), ct);
    }
}
