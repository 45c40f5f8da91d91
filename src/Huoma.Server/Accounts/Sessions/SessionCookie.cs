using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>Carries the session's token: out of reach of scripts, and not sent along by other sites' forms.</summary>
internal sealed class SessionCookie(IOptions<AccountsOptions> settings)
{
    public const string Name = "huoma_session";

    private const int MaxLength = 64;

    public static string? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(Name, out var token) && token is { Length: > 0 and <= MaxLength } ? token : null;

    public void Write(HttpContext context, string token)
    {
        var cookie = Options(context);
        cookie.MaxAge = settings.Value.SessionLifetime;
        context.Response.Cookies.Append(Name, token, cookie);
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    public static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
