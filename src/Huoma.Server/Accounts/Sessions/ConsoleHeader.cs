using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Authorization;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>
/// Against forged requests of other sites: what changes something under a session cookie must carry a header that
/// another site can not set without asking first (CORS), and nobody is ever granted that.
/// </summary>
internal static class ConsoleHeader
{
    public const string Name = "X-Huoma-Console";
    public const string Value = "1";

    public static IApplicationBuilder UseConsoleHeader(this IApplicationBuilder app) => app.Use((context, next) => IsMissing(context)
        ? Problems.Create(StatusCodes.Status403Forbidden, "session.console-header-missing", "缺少请求头 X-Huoma-Console: 1").ExecuteAsync(context)
        : next(context));

    private static bool IsMissing(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: SessionAuthentication.SchemeName }
        && !Policies.IsSafe(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
        && context.Request.Headers[Name] != Value;
}
