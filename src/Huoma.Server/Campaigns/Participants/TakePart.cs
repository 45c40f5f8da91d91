using Huoma.Domain.Campaigns;
using Huoma.Domain.OfficialAccount;
using Huoma.Domain.Visits;
using Huoma.Server.Campaigns.Identity;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Campaigns.Sharing;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Visits;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>海报生成链接: makes or finds this visitor's participation and shows his poster (F190, F191).</summary>
internal sealed class TakePart(
    CampaignVisits visits, ParticipantStore participants, CampaignThrottle throttle, CampaignPages pages, ParticipantPosters posters, VisitAnswers answers, VisitorCookie cookie,
    IdBlocks visitorIds, WeChatSignIn signIn, IdentityStore identities, ShareCards cards, HuomaDb db, PublicUrl url, Calendar calendar, TimeProvider time)
{
    public static Task HandleAsync(string key, HttpContext context, TakePart take, CancellationToken ct) => take.ShowAsync(key, context, ct);

    public static Task HandleAvatarAsync(string key, HttpContext context, TakePart take, CancellationToken ct) => take.AskAsync(key, context, ct);

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

        if (!await signIn.BeginsSilentlyAsync(context, campaign, SignInPage.Poster, ct))
        {
            await ShowAsync(campaign, context, now, ct);
        }
    }

    /// <summary>「用微信头像生成海报」: he tapped for it.</summary>
    private async Task AskAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        if (!signIn.IsOffered(context) || Visiting.IsNobody(context.Request) || campaign.StatusAt(time.GetUtcNow()) != CampaignStatus.Running)
        {
            WeChatSignIn.Return(context, key, SignInPage.Poster, mark: null);
            return;
        }

        await signIn.BeginAsync(context, campaign, SignInPage.Poster, SignInScope.UserInfo, ct);
    }

    private async Task ShowAsync(FissionCampaign campaign, HttpContext context, DateTimeOffset now, CancellationToken ct)
    {
        var carried = cookie.Read(context.Request);
        var person = carried is null ? (long?)null : await identities.PersonOfAsync(carried.VisitorId, ct);
        var known = person is null ? null : await participants.FindAsync(campaign.Id, person.Value, ct);
        if (known is null && !throttle.MayJoin(context.Connection.RemoteIpAddress))
        {
            await pages.ThrottledAsync(context);
            return;
        }

        var visitorId = person ?? await visitorIds.NextAsync(ct);
        if ((known ?? await participants.JoinAsync(campaign, visitorId, ct)) is not { } participant)
        {
            await pages.SayAsync(context, StatusCodes.Status200OK, "ended", CampaignTexts.Ended, CampaignTexts.Explain(CampaignStatus.Ended));
            return;
        }

        cookie.Write(context, carried, visitorId, shown: null, calendar.At(now));
        cookie.Become(context, carried, visitorId, calendar.At(now));

        // Drawn before the page says so: it is there when the phone asks for it, and when it can not be drawn the page says that.
        var poster = await posters.GetAsync(campaign, participant, ct);
        if (poster.Result is PosterResult.Busy)
        {
            await answers.BusyAsync(context);
            return;
        }

        var link = url.Of($"/q/{participant.Key}");
        var isOffered = signIn.IsOffered(context);
        await pages.PosterAsync(context, new PosterView(
            campaign.Key, campaign.Name, campaign.Description, poster.Result is PosterResult.Drawn ? poster.Address : null, participant.Token, link)
        {
            OffersAvatar = isOffered && participant.Nickname is null,
            MissedAvatar = isOffered && context.Request.Query[WeChatSignIn.Mark] == WeChatSignIn.Told,
            Card = isOffered ? await cards.OfAsync(context, campaign, link, ct) : null,
        });
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
        var result = participant is null or { RemovedAt: not null } ? new PosterResult.Missing() : (await posters.GetAsync(campaign, participant, ct)).Result;
        if (result is PosterResult.Busy)
        {
            await answers.BusyAsync(context);
            return;
        }

        if (result is not PosterResult.Drawn { Jpeg: var jpeg })
        {
            await pages.SayAsync(context, StatusCodes.Status404NotFound, "unknown", CampaignTexts.Ended, CampaignTexts.Unknown);
            return;
        }

        await SendAsync(jpeg, context, ct);
    }

    private static async Task SendAsync(byte[] jpeg, HttpContext context, CancellationToken ct)
    {
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
