using System.ComponentModel.DataAnnotations;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Sessions;

internal static class ChangeOwnPassword
{
    internal sealed record Request([property: Required] string? CurrentPassword, [property: Required] string? NewPassword);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, CurrentUser me, HuomaDb db, Passwords passwords, SessionStore sessions, SignInThrottle throttle, HttpContext context,
        CancellationToken ct)
    {
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == me.Id, ct) is not { } user)
        {
            return Problems.NotFound();
        }

        var errors = new FieldErrors().KnownPassword("currentPassword", request.CurrentPassword).NewPassword("newPassword", request.NewPassword, user.Account);
        if (errors.Any(out var problem) || request is not { CurrentPassword: { } current, NewPassword: { } next })
        {
            return problem ?? Problems.NotFound();
        }

        // Who found a console unattended shall not find the password out here.
        var subject = SignInSubject.OwnPassword(user.Id);
        if (await throttle.EnterAsync(subject, ct) is { Ticks: > 0 } wait)
        {
            return SignInThrottle.TooMany(context, wait);
        }

        if (!passwords.Matches(user, current))
        {
            new FieldErrors().Add("currentPassword", "当前密码不对").Any(out var wrong);
            return wrong ?? Problems.NotFound();
        }

        await throttle.SucceededAsync(subject, ct);
        user.SetPassword(passwords.Hash(next));
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(user.Id, CancellationToken.None, exceptHash: me.SessionHash);
        return TypedResults.NoContent();
    }
}
