using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Sessions;

internal static class SignIn
{
    [SchemaExample("""{ "account": "owner@example.com", "password": "dancing-llama-7" }""")]
    internal sealed record Request([property: Required] string? Account, [property: Required] string? Password);

    public static async Task<Results<Ok<Me>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, Passwords passwords, SignInThrottle throttle, KnownDevice devices, SessionOpening opening, HttpContext context,
        CancellationToken ct)
    {
        var errors = new FieldErrors().Line("account", request.Account, User.AccountMaxLength).KnownPassword("password", request.Password);
        if (errors.Any(out var problem) || request is not { Account: { } account, Password: { } password })
        {
            return problem ?? Problems.NotFound();
        }

        // Nobody is signed in yet, so there is no tenant to look in: an account is one over all of them.
        var accountKey = User.KeyOf(account.Trim());
        var user = await db.Users.IgnoreQueryFilters().SingleOrDefaultAsync(row => row.AccountKey == accountKey, ct);
        var subject = await devices.FindAsync(context.Request, user, ct) is { } device
            ? SignInSubject.Device(device)
            : SignInSubject.Account(accountKey, context);
        if (await throttle.EnterAsync(subject, ct) is { Ticks: > 0 } wait)
        {
            return SignInThrottle.TooMany(context, wait);
        }

        if (!passwords.Opens(user, password) || user is null or { Disabled: true })
        {
            return Problems.Create(StatusCodes.Status401Unauthorized, "session.wrong-credentials", "账号或密码不对，请重新输入");
        }

        await throttle.SucceededAsync(subject, ct);
        return TypedResults.Ok(await opening.OpenAsync(user, context, ct));
    }
}
