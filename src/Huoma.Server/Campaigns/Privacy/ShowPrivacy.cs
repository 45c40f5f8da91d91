using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>隐私说明 of a campaign; who holds the phone that took part can have his data removed there, after he was asked once more.</summary>
internal sealed class ShowPrivacy(
    CampaignVisits visits, CampaignPages pages, PersonRemoval removal, RemovalTickets tickets, VisitorCookie cookie, IdentityStore identities, HuomaDb db,
    IOptions<CampaignsOptions> options, TimeProvider time)
{
    public static Task HandleGetAsync(string key, HttpContext context, ShowPrivacy show, CancellationToken ct) => show.ShowAsync(key, context, ct);

    public static Task HandlePostAsync(string key, HttpContext context, ShowPrivacy show, CancellationToken ct) => show.RemoveAsync(key, context, ct);

    private async Task ShowAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is { } campaign)
        {
            var isKnown = await KnownAsync(campaign, context, ct) is not null;
            await SendAsync(campaign, isKnown ? RemovalStep.Offered : RemovalStep.NothingThere, ticket: null, context, ct);
        }
    }

    /// <summary>The first time he is asked whether he means it; with the ticket of that question it is done.</summary>
    private async Task RemoveAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        if (await KnownAsync(campaign, context, ct) is not { } visitorId)
        {
            await pages.SayAsync(context, StatusCodes.Status200OK, "nothing-to-remove", CampaignTexts.PrivacyTitle, CampaignTexts.NothingToRemove, key);
            return;
        }

        var now = time.GetUtcNow();
        var ticket = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(ct))["ticket"].ToString() : "";
        if (ticket.Length == 0)
        {
            await SendAsync(campaign, RemovalStep.Asked, tickets.Make(campaign.Id, visitorId, now), context, ct);
            return;
        }

        if (!tickets.IsGood(ticket, campaign.Id, visitorId, now))
        {
            await pages.SayAsync(context, StatusCodes.Status403Forbidden, "removal-expired", CampaignTexts.Remove, CampaignTexts.RemoveExpired, key);
            return;
        }

        await removal.RemoveAsync(campaign, visitorId, ct);
        await pages.SayAsync(context, StatusCodes.Status200OK, "removed", CampaignTexts.Removed, CampaignTexts.RemovedExplained);
    }

    private async Task<long?> KnownAsync(FissionCampaign campaign, HttpContext context, CancellationToken ct) =>
        cookie.Read(context.Request) is { } token && await identities.PersonOfAsync(token.VisitorId, ct) is var person && await removal.KnowsAsync(campaign.Id, person, ct)
            ? person : null;

    private async Task SendAsync(FissionCampaign campaign, RemovalStep step, string? ticket, HttpContext context, CancellationToken ct)
    {
        var contact = await db.Slots.AsNoTracking().Where(row => row.LiveCodeId == campaign.LiveCodeId && row.SupportWeChatId != null).OrderBy(row => row.Id)
            .Select(row => row.SupportWeChatId).FirstOrDefaultAsync(ct);
        await pages.PrivacyAsync(context, new PrivacyView(campaign.Key, campaign.Name, contact, options.Value.KeepPersonalDays, step, ticket));
    }
}
