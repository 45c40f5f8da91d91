using System.Diagnostics;
using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Visits;

namespace Huoma.Server.Campaigns.Rewards;

/// <summary>领取福利: only after completion, only on the phone of who earned it, once (U8).</summary>
internal sealed class ClaimReward(
    CampaignVisits visits, RewardStore rewards, GiftTickets tickets, CampaignPages pages, CampaignNotices notices, ParticipantStore participants, TimeProvider time)
{
    public static Task HandleAsync(string key, HttpContext context, ClaimReward claim, CancellationToken ct) => claim.ClaimAsync(key, context, ct);

    public static Task HandleGiftAsync(string key, string ticket, HttpContext context, ClaimReward claim, CancellationToken ct) => claim.OpenAsync(key, ticket, context, ct);

    private async Task ClaimAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        // A 口令 opens nothing here; one of somebody else is refused, so that nobody takes it for his own.
        var typed = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(ct))["token"].ToString() : "";
        if (await visits.OwnAsync(campaign, context, ct) is not { } own || (typed.Length > 0 && (await participants.FindAsync(campaign.Id, typed, ct))?.Id != own.Id))
        {
            await pages.SayAsync(context, StatusCodes.Status403Forbidden, "not-yours", CampaignTexts.Claim, CampaignTexts.NotYours, key);
            return;
        }

        switch (await rewards.ClaimAsync(campaign, own.Id, ct))
        {
            case ClaimOutcome.NotCompleted:
                await pages.SayAsync(context, StatusCodes.Status403Forbidden, "not-completed", CampaignTexts.Claim, CampaignTexts.NotCompleted, key);
                break;
            case ClaimOutcome.OutOfStock:
                await EndWhenOutAsync(campaign, ct);
                await pages.SayAsync(context, StatusCodes.Status200OK, "out-of-stock", CampaignTexts.OutOfStock, CampaignTexts.OutOfStockExplained, key);
                break;
            case ClaimOutcome.Claimed:
                await EndWhenOutAsync(campaign, ct);
                await ShowAsync(campaign, own, context, ct);
                break;
            case ClaimOutcome.ClaimedBefore:
                await ShowAsync(campaign, own, context, ct);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task EndWhenOutAsync(FissionCampaign campaign, CancellationToken ct)
    {
        if (campaign.RewardKind == RewardKind.Codes && await rewards.EndWhenOutAsync(campaign.Id, ct) is { } codes)
        {
            await notices.RewardsAreOutAsync(campaign, codes, ct);
        }
    }

    private async Task ShowAsync(FissionCampaign campaign, Participant own, HttpContext context, CancellationToken ct)
    {
        switch (campaign.RewardKind)
        {
            case RewardKind.Codes:
                await pages.RewardAsync(context, new RewardView(campaign.Key, campaign.Name, Url: null, await rewards.CodeOfAsync(own.Id, ct), IsOneTime: false));
                break;
            case RewardKind.SignedLink when await rewards.IsGiftOpenedAsync(own.Id, ct):
                await pages.SayAsync(context, StatusCodes.Status200OK, "gift-used", CampaignTexts.Claimed, CampaignTexts.GiftUsed, campaign.Key);
                break;
            case RewardKind.SignedLink:
                var link = $"/t/{campaign.Key}/gift/{tickets.Make(own, time.GetUtcNow())}";
                await pages.RewardAsync(context, new RewardView(campaign.Key, campaign.Name, link, Code: null, IsOneTime: true));
                break;
            default:
                await pages.RewardAsync(context, new RewardView(campaign.Key, campaign.Name, campaign.RewardUrl, Code: null, IsOneTime: false));
                break;
        }
    }

    private async Task OpenAsync(string key, string ticket, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        var own = await visits.OwnAsync(campaign, context, ct);
        if (own is null || campaign is not { RewardKind: RewardKind.SignedLink, RewardUrl: { } url } || Visiting.IsNobody(context.Request) || tickets.Open(ticket, time.GetUtcNow()) != own.Id)
        {
            await pages.SayAsync(context, StatusCodes.Status403Forbidden, "gift-gone", CampaignTexts.Claim, CampaignTexts.GiftGone, key);
            return;
        }

        if (!await rewards.OpenGiftAsync(own.Id, ct))
        {
            await pages.SayAsync(context, StatusCodes.Status410Gone, "gift-used", CampaignTexts.Claimed, CampaignTexts.GiftUsed, key);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = url;
    }
}
