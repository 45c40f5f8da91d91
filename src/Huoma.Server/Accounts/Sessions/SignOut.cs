using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Accounts.Sessions;

internal static class SignOut
{
    public static async Task<NoContent> Handle(CurrentUser me, SessionStore sessions, HttpContext context, CancellationToken ct)
    {
        await sessions.EndAsync(me.SessionHash, ct);
        SessionCookie.Remove(context);
        return TypedResults.NoContent();
    }
}
