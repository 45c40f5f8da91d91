using Huoma.Domain.Campaigns;
using Huoma.Domain.Visits;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Visits;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>海报生成链接: makes or finds this visitor's participation and shows his poster (F190, F191).</summary>
internal sealed class TakePart(
    CampaignVisits visits, ParticipantStore participants, CampaignThrottle throttle, CampaignPages pages, PosterCache posters, VisitorCookie cookie, IdBlocks visitorIds,
    HuomaDb db, PublicUrl url, Calendar calendar, TimeProvider time)
{
    public static Task HandleAsync(string key, HttpContext context, TakePart take, CancellationToken ct) => take.ShowAsync(key, context, ct);

    public static Task HandlePosterAsync(string key, string file, HttpContext context, TakePart take, CancellationToken ct) => take.SendPosterAsync(key, file, context, ct);

    private async Task ShowAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        var now = time.GetUtcNow();
        var status = campaign.StatusAt(now);
        if (status != CampaignStatus.Running)
        {
            var isOut = campaign.OutOfStockAt is not null;
            await pages.SayAsync(
                context, StatusCodes.Status200OK, isOut ? "out-of-stock" : CampaignVisits.StateOf(status), isOut ? CampaignTexts.OutOfStock : CampaignTexts.TitleOf(status),
                isOut ? CampaignTexts.OutOfStockExplained : CampaignTexts.Explain(status), status == CampaignStatus.NotBegun ? null : key);
            return;
        }

        if (await visits.ObstacleAsync(campaign, ct))
        {
            await pages.SayAsync(context, StatusCodes.Status200OK, "code-off", CampaignTexts.CodeOff, "活动暂未开放，请联系发布者或稍后再来", key);
            return;
        }

        // Previews and robots leave no trace here either.
        if (Visiting.IsNobody(context.Request))
        {
            await pages.SayAsync(context, StatusCodes.Status200OK, "preview", campaign.Name, campaign.Description);
            return;
        }

        await ShowAsync(campaign, context, now, ct);
    }

    private async Task ShowAsync(FissionCampaign campaign, HttpContext context, DateTimeOffset now, CancellationToken ct)
    {
        var carried = cookie.Read(context.Request);
        var known = carried is null ? null : await participants.FindAsync(campaign.Id, carried.VisitorId, ct);
        if (known is null && !throttle.MayJoin(context.Connection.RemoteIpAddress))
        {
            await pages.ThrottledAsync(context);
            return;
        }

        var visitorId = carried?.VisitorId ?? await visitorIds.NextAsync(ct);
        if ((known ?? await participants.JoinAsync(campaign, visitorId, ct)) is not { } participant)
        {
            await pages.SayAsync(context, StatusCodes.Status200OK, "ended", CampaignTexts.Ended, CampaignTexts.Explain(CampaignStatus.Ended));
            return;
        }

        cookie.Write(context, carried, visitorId, shown: null, calendar.At(now));
        await pages.PosterAsync(context, new PosterView(
            campaign.Key, campaign.Name, campaign.Description, $"/t/{campaign.Key}/poster/{participant.Key}-{campaign.Version}.jpg", participant.Token, url.Of($"/q/{participant.Key}")));
    }

    /// <summary>Whoever has the address sees it: it is made to be sent on.</summary>
    private async Task SendPosterAsync(string key, string file, HttpContext context, CancellationToken ct)
    {
        var invitation = file.Length > Participant.KeyLength ? file[..Participant.KeyLength] : "";
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        var participant = await db.Participants.AsNoTracking().SingleOrDefaultAsync(row => row.CampaignId == campaign.Id && row.Key == invitation, ct);
        var image = await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == campaign.PosterImageId, ct);
        if (participant is null or { RemovedAt: not null } || image is null || !MediaAddress.TryParse($"{image.Hash}.{image.Extension}", out var address)
            || await posters.GetAsync(campaign, participant, address, url.Of($"/q/{participant.Key}"), ct) is not { } jpeg)
        {
            await pages.SayAsync(context, StatusCodes.Status404NotFound, "unknown", CampaignTexts.Ended, CampaignTexts.Unknown);
            return;
        }

        var response = context.Response;
        response.ContentType = "image/jpeg";
        response.Headers.CacheControl = "private, max-age=86400";
        response.ContentLength = jpeg.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(jpeg, ct);
        }
    }
}
