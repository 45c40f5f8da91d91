using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Visits;

/// <summary>Who a visitor is: a growing number in a sealed cookie. Without cookies everybody is new each time.</summary>
internal sealed class VisitorCookie(Seals seals, IdBlocks ids)
{
    private const string Name = "huoma_visitor";

    /// <summary>A cookie in use is renewed after this many days, so that regular visitors never lose it.</summary>
    private const int RenewAfterDays = 30;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    /// <summary>Null when there is no cookie, or one that we did not make.</summary>
    public long? Read(HttpContext context) => Open(context)?.VisitorId;

    public async ValueTask<(long VisitorId, bool IsNew)> ReadOrMakeAsync(HttpContext context, Moment moment)
    {
        var known = Open(context);
        var visitorId = known?.VisitorId ?? await ids.NextAsync(context.RequestAborted);
        if (known is null || moment.Day - known.Value.Day >= RenewAfterDays)
        {
            context.Response.Cookies.Append(Name, seals.CloseVisitor(visitorId, moment.Day), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Lifetime,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return (visitorId, known is null);
    }

    private (long VisitorId, int Day)? Open(HttpContext context) =>
        context.Request.Cookies[Name] is { } text && seals.TryOpenVisitor(text, out var visitorId, out var day) ? (visitorId, day) : null;
}
