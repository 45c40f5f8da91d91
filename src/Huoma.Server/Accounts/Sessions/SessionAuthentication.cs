using System.Security.Claims;
using System.Text.Encodings.Web;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>
/// Signs a request in by its session cookie. The user comes from the store with every request, so that sign-out, a new role
/// or a disabled account holds from the next request on, in every process.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder, SessionStore sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder) // its log has a line for each 401
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Public pages know nobody: no query for them, and no tenant.
        var isPublic = Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (isPublic || SessionCookie.Read(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        var ct = Context.RequestAborted;
        if (await sessions.FindAsync(token, ct) is not { } session)
        {
            return AuthenticateResult.NoResult();
        }

        await sessions.TouchAsync(session, ct);
        Context.RequestServices.GetRequiredService<CurrentTenant>().Is(session.TenantId);
        Context.RequestServices.GetRequiredService<CurrentActor>().Is(session.UserId, session.UserName);
        Context.RequestServices.GetRequiredService<CurrentUser>().Is(session.UserId, session.Role, session.TokenHash);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, session.Role.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
