using System.Globalization;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Sessions;

internal static class SignIn
{
    internal sealed record Request(string? Account, string? Password);

    public static async Task<Results<Ok<Me>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, Passwords passwords, SignInThrottle throttle, SessionOpening opening, HttpContext context, CancellationToken ct)
    {
        var errors = new FieldErrors().Line("account", request.Account, User.AccountMaxLength).KnownPassword("password", request.Password);
        if (errors.Any(out var problem) || request is not { Account: { } account, Password: { } password })
        {
            return problem ?? Problems.NotFound();
        }

        var accountKey = User.KeyOf(account.Trim());
        var address = context.Connection.RemoteIpAddress;
        if (await throttle.EnterAsync(accountKey, address, ct) is { Ticks: > 0 } wait)
        {
            return TooMany(context, wait);
        }

        // Nobody is signed in yet, so there is no tenant to look in: an account is one over all of them.
        var user = await db.Users.IgnoreQueryFilters().SingleOrDefaultAsync(row => row.AccountKey == accountKey, ct);
        if (!passwords.Opens(user, password) || user is null or { Disabled: true })
        {
            return Problems.Create(StatusCodes.Status401Unauthorized, "session.wrong-credentials", "账号或密码不对，请重新输入");
        }

        await throttle.SucceededAsync(accountKey, address, ct);
        return TypedResults.Ok(await opening.OpenAsync(user, context, ct));
    }

    private static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var after = seconds < 120 ? $"{seconds} 秒" : $"{(seconds + 59) / 60} 分钟";
        return Problems.Create(StatusCodes.Status429TooManyRequests, "session.throttled", $"尝试次数太多，请 {after}后再试");
    }
}
