using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>What happens once somebody has shown who he is: a new session under a new token; the one he came with is over.</summary>
internal sealed class SessionOpening(
    HuomaDb db, Database database, SessionStore sessions, SignInAttemptStore attempts, SessionCookie cookie, KnownDevice devices, TimeProvider time)
{
    public async Task<Me> OpenAsync(User user, HttpContext context, CancellationToken ct)
    {
        user.SignedIn(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        if (SessionCookie.Read(context.Request) is { } old)
        {
            await sessions.EndAsync(SessionStore.HashOf(old), ct);
        }

        // Now and then is often enough, and somebody signs in now and then.
        await sessions.SweepAsync(ct);
        await attempts.SweepAsync(ct);
        await devices.RememberAsync(context, user, ct);
        cookie.Write(context, await sessions.StartAsync(user, ct));
        return await Me.OfAsync(user, db, database, ct);
    }
}
