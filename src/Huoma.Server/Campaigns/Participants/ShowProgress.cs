using System.Globalization;
using Huoma.Domain.Campaigns;
using Huoma.Domain.OfficialAccount;
using Huoma.Server.Campaigns.Identity;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>任务进度链接: by the same phone without typing, or by a 口令, which tells numbers only (F194–F196).</summary>
internal sealed class ShowProgress(
    CampaignVisits visits, WeChatSignIn signIn, ParticipantStore participants, CampaignThrottle throttle, CampaignPages pages, CampaignNotices notices, HuomaDb db, Calendar calendar, TimeProvider time)
{
    private const int MostFriends = 200;

    public static Task HandleGetAsync(string key, HttpContext context, ShowProgress show, CancellationToken ct) => show.ShowAsync(key, context, ct);

    public static Task HandlePostAsync(string key, HttpContext context, ShowProgress show, CancellationToken ct) => show.LookUpAsync(key, context, ct);

    private async Task ShowAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        if (await visits.OwnAsync(campaign, context, ct) is { } own)
        {
            await SendAsync(campaign, own, isOwn: true, context, ct);
            return;
        }

        // On another phone, or after its browser forgot everything, WeChat may tell who he is.
        if (!await signIn.BeginsSilentlyAsync(context, campaign, SignInPage.Progress, ct))
        {
            await pages.AskTokenAsync(context, key, campaign.Name);
        }
    }

    private async Task LookUpAsync(string key, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        var address = context.Connection.RemoteIpAddress;
        if (!throttle.MayTry(address))
        {
            await pages.ThrottledAsync(context);
            return;
        }

        var typed = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(ct))["token"].ToString() : "";
        if (await participants.FindAsync(campaign.Id, typed, ct) is { } found)
        {
            var own = await visits.OwnAsync(campaign, context, ct);
            await SendAsync(campaign, found, isOwn: own?.Id == found.Id, context, ct);
            return;
        }

        if (throttle.WasWrong(address, campaign.Id))
        {
            await notices.TokensAreGuessedAsync(campaign, ct);
        }

        await pages.AskTokenAsync(context, key, campaign.Name, CampaignTexts.WrongToken, typed.Length > 200 ? null : typed);
    }

    private async Task SendAsync(FissionCampaign campaign, Participant participant, bool isOwn, HttpContext context, CancellationToken ct)
    {
        var progress = await participants.ProgressAsync(campaign, participant, ct);
        var status = campaign.StatusAt(time.GetUtcNow());
        var ended = status == CampaignStatus.Running ? null : campaign.OutOfStockAt is not null ? CampaignTexts.OutOfStock : CampaignTexts.TitleOf(status);
        await pages.ProgressAsync(context, new ProgressView(
            campaign.Key, campaign.Name, participant.Token, progress, isOwn ? await FriendsAsync(participant, ct) : null, isOwn && progress.IsCompleted, ended)
        {
            Nickname = isOwn ? participant.Nickname : null,
        });
    }

    private async Task<IReadOnlyList<FriendView>> FriendsAsync(Participant participant, CancellationToken ct)
    {
        var friends = await db.Invitees.AsNoTracking().Where(row => row.InviterId == participant.Id).OrderByDescending(row => row.ScannedAt).Take(MostFriends).ToListAsync(ct);
        return friends.ConvertAll(friend => new FriendView(
            CampaignTexts.Masked(friend.MemberName ?? friend.Nickname), CampaignTexts.StateOf(friend),
            TimeZoneInfo.ConvertTime(friend.JoinedAt ?? friend.ScannedAt, calendar.Zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)));
    }
}
