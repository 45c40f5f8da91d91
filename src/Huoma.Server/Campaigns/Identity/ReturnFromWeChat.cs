using System.Data.Common;
using Huoma.Domain.Campaigns;
using Huoma.Domain.OfficialAccount;
using Huoma.Domain.Visits;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.OfficialAccount;
using Huoma.Server.OfficialAccount.Api;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Campaigns.Identity;

/// <summary>
/// The way back from WeChat (OAuth's redirect_uri). Whatever it brings, it ends at a page of the campaign: signed in when everything is right, as before when not.
/// </summary>
internal sealed class ReturnFromWeChat(
    IOptions<OfficialAccountOptions> options, CampaignVisits visits, SignInStore signIns, IdentityStore identities, OfficialAccountClient wechat, MergeParticipations participations,
    FindAmongMembers members, IntroduceParticipant introduce, CampaignPages pages, VisitorCookie cookie, IdBlocks visitorIds, HuomaDb db, Calendar calendar, TimeProvider time, ILogger<ReturnFromWeChat> log)
{
    private const int TextMaxLength = 512;
    private const int OpenIdMaxLength = 128;

    /// <summary>Two sign-ins of one person may cross; the database ends one of them, which tries again.</summary>
    private const int MaxTries = 3;

    public static Task HandleAsync(string key, string? code, string? state, HttpContext context, ReturnFromWeChat back, CancellationToken ct) => back.TakeAsync(key, code, state, context, ct);

    private async Task TakeAsync(string key, string? code, string? state, HttpContext context, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        var carried = cookie.Read(context.Request);
        var begun = state is { Length: <= TextMaxLength } && options.Value.IsConfigured ? await signIns.FindAsync(state, ct) : null;
        var isHis = begun is not null && carried is not null && await AreSameAsync(begun.VisitorId, carried.VisitorId, ct);
        switch (begun?.Judge(key, isHis, time.GetUtcNow()) ?? SignInVerdict.Refused)
        {
            case SignInVerdict.TryAgain:
                WeChatSignIn.Return(context, key, begun?.Page ?? SignInPage.Poster, mark: null);
                return;
            case SignInVerdict.Good when begun is not null && carried is not null && await signIns.UseAsync(state ?? "", ct):
                var outcome = code is { Length: > 0 and <= TextMaxLength } ? await SignInAsync(campaign, begun, carried, code, context, ct) : SignInOutcome.Failed;
                await signIns.EndAsync(state ?? "", outcome, ct);
                await AnswerAsync(context, begun, outcome);
                return;
            default:
                WeChatSignIn.Return(context, key, begun?.Page ?? SignInPage.Poster, WeChatSignIn.Silently);
                return;
        }
    }

    private async Task<bool> AreSameAsync(long one, long other, CancellationToken ct) =>
        one == other || await identities.PersonOfAsync(one, ct) == await identities.PersonOfAsync(other, ct);

    private Task AnswerAsync(HttpContext context, SignIn begun, SignInOutcome outcome)
    {
        if (outcome == SignInOutcome.Snapshot)
        {
            // At this very address: after 使用完整服务 WeChat loads it again, and then he goes on.
            return pages.SayAsync(context, StatusCodes.Status200OK, "snapshot", CampaignTexts.Snapshot, CampaignTexts.SnapshotExplained);
        }

        WeChatSignIn.Return(context, begun.Key, begun.Page, outcome == SignInOutcome.Done ? null : begun.Scope == SignInScope.Base ? WeChatSignIn.Silently : WeChatSignIn.Told);
        return Task.CompletedTask;
    }

    private async Task<SignInOutcome> SignInAsync(FissionCampaign campaign, SignIn begun, VisitorToken carried, string code, HttpContext context, CancellationToken ct)
    {
        var (token, fault) = await wechat.ExchangeAsync(code, ct);
        if (fault is { IsAboutSettings: true })
        {
            log.SettingsAreWrong(fault.Code);
        }

        if (token is not { Openid: { Length: > 0 and <= OpenIdMaxLength } openId })
        {
            return SignInOutcome.Failed;
        }

        if (token.IsSnapshotuser == 1)
        {
            return SignInOutcome.Snapshot;
        }

        var user = begun.Scope == SignInScope.UserInfo ? (await wechat.UserAsync(token.AccessToken ?? "", openId, ct)).Answer : null;
        var unionId = user?.Unionid ?? token.Unionid;
        if (await StoreAsync(carried.VisitorId, openId, unionId is { Length: > 0 and <= OpenIdMaxLength } ? unionId : null, ct) is not { } person)
        {
            return SignInOutcome.Failed;
        }

        cookie.Become(context, carried, person, calendar.At(time.GetUtcNow()));
        return begun.Scope == SignInScope.Base || (user is not null && await introduce.AsAsync(campaign, person, user, ct)) ? SignInOutcome.Done : SignInOutcome.Failed;
    }

    /// <summary>The visitor that stands for him, once everything he did by other cookies is his; null when it could not be stored.</summary>
    private async Task<long?> StoreAsync(long visitorId, string openId, string? unionId, CancellationToken ct)
    {
        var fresh = await visitorIds.NextAsync(ct);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var person = await identities.SignInAsync(visitorId, fresh, openId, unionId, ct);
                await participations.OfAsync(person, also: null, ct);
                await members.OfAsync(person, ct);
                await transaction.CommitAsync(ct);
                return person.PersonId;
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException })
            {
                db.ChangeTracker.Clear();
                if (tries == MaxTries)
                {
                    log.SignInNotStored(exception.GetType().Name);
                    return null;
                }
            }
        }
    }
}
