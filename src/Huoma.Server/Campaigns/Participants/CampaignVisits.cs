using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Visits;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>What the participants' pages have in common: the campaign behind the address, and who opens it.</summary>
internal sealed class CampaignVisits(
    HuomaDb db, CurrentTenant tenant, CurrentActor actor, CampaignPages pages, VisitorCookie cookie, ParticipantStore participants, IdentityStore identities, PublicUrl url)
{
    private const string Actor = "任务宝页面";

    /// <summary>Null when there is none; then the page that says so is sent.</summary>
    public async Task<FissionCampaign?> FindAsync(string key, HttpContext context, CancellationToken ct)
    {
        SecurityHeaders.Set(context);

        // These routes are answered before the one place that does so for all others.
        url.Accept(context.Request);
        context.Response.Headers.CacheControl = "no-store";
        var campaign = key.Length == FissionCampaign.KeyLength
            ? await db.Campaigns.AsNoTracking().IgnoreQueryFilters().SingleOrDefaultAsync(row => row.Key == key, ct)
            : null;
        if (campaign is null)
        {
            await pages.SayAsync(context, StatusCodes.Status404NotFound, "unknown", CampaignTexts.CodeOff, CampaignTexts.Unknown);
            return null;
        }

        tenant.Is(campaign.TenantId);
        actor.IsMachine(Actor);
        return campaign;
    }

    /// <summary>Its code was deleted, or switched to something that can not carry it.</summary>
    public async Task<bool> ObstacleAsync(FissionCampaign campaign, CancellationToken ct) =>
        await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == campaign.LiveCodeId, ct) is not { } liveCode || FissionCampaign.CanCarry(liveCode) is not null;

    /// <summary>The participant who holds this phone; null: nobody, or somebody who takes no part.</summary>
    public async Task<Participant?> OwnAsync(FissionCampaign campaign, HttpContext context, CancellationToken ct) =>
        cookie.Read(context.Request) is { } token ? await participants.FindAsync(campaign.Id, await identities.PersonOfAsync(token.VisitorId, ct), ct) : null;

    public static string StateOf(CampaignStatus status) => status switch
    {
        CampaignStatus.NotBegun => "not-begun",
        CampaignStatus.Paused => "paused",
        _ => "ended",
    };
}
