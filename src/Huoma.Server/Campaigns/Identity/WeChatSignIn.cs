using Huoma.Domain.Campaigns;
using Huoma.Domain.OfficialAccount;
using Huoma.Domain.Visits;
using Huoma.Server.OfficialAccount;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Visits;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Campaigns.Identity;

/// <summary>
/// The way to WeChat: silently for whom it does not know yet, for nickname and avatar only after a tap. Nobody is sent away twice for the same reason,
/// and whoever comes back in vain gets the page without (F203, D25).
/// </summary>
internal sealed class WeChatSignIn(
    IOptions<OfficialAccountOptions> options, SignInStore signIns, IdentityStore identities, VisitorCookie cookie, IdBlocks visitorIds, PublicUrl url, Calendar calendar, TimeProvider time)
{
    /// <summary>In an address: he was at WeChat and comes back as he was.</summary>
    public const string Mark = "wx";

    /// <summary>It was silent, so nothing is said of it.</summary>
    public const string Silently = "off";

    /// <summary>He asked for it, so he is told.</summary>
    public const string Told = "no";

    /// <summary>Only in WeChat itself does its authorize page work; 企业微信 has others.</summary>
    public bool IsOffered(HttpContext context) => options.Value.IsConfigured
        && VisitClients.Of(context.Request.Headers.UserAgent.ToString()) is VisitClient.WeChatIos or VisitClient.WeChatAndroid or VisitClient.WeChatDesktop;

    /// <summary>True when he was sent to WeChat and there is no page to show.</summary>
    public async Task<bool> BeginsSilentlyAsync(HttpContext context, FissionCampaign campaign, SignInPage page, CancellationToken ct)
    {
        if (!IsOffered(context) || context.Request.Query.ContainsKey(Mark) || Visiting.IsNobody(context.Request))
        {
            return false;
        }

        if (cookie.Read(context.Request) is { } carried
            && (await identities.IsKnownAsync(await identities.PersonOfAsync(carried.VisitorId, ct), ct) || await signIns.WasTriedAsync(carried.VisitorId, ct)))
        {
            return false;
        }

        await BeginAsync(context, campaign, page, SignInScope.Base, ct);
        return true;
    }

    public async Task BeginAsync(HttpContext context, FissionCampaign campaign, SignInPage page, SignInScope scope, CancellationToken ct)
    {
        var carried = cookie.Read(context.Request);
        var visitorId = carried?.VisitorId ?? await visitorIds.NextAsync(ct);
        cookie.Write(context, carried, visitorId, shown: null, calendar.At(time.GetUtcNow()));
        var state = await signIns.BeginAsync(visitorId, campaign.Key, page, scope, ct);

        // The order of the parameters and the fragment are WeChat's.
        var back = Uri.EscapeDataString(url.Of($"/oauth/wechat/callback/{campaign.Key}"));
        var name = scope == SignInScope.Base ? "snsapi_base" : "snsapi_userinfo";
        Send(context, $"{options.Value.AuthorizeBase.TrimEnd('/')}/connect/oauth2/authorize?appid={options.Value.AppId}&redirect_uri={back}&response_type=code&scope={name}&state={state}#wechat_redirect");
    }

    /// <summary>Back to a page of the campaign, and nowhere else.</summary>
    /// <param name="mark">Null: he is known now.</param>
    public static void Return(HttpContext context, string key, SignInPage page, string? mark) =>
        Send(context, $"/t/{key}{(page == SignInPage.Progress ? "/progress" : "")}{(mark is null ? "" : $"?{Mark}={mark}")}");

    private static void Send(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address;
    }
}
