using Huoma.Domain;
using Huoma.Domain.Accounts;
using Huoma.Server.Accounts.Sessions;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Users;

internal static class ChangeUser
{
    [SchemaExample("""{ "role": "viewer", "disabled": false }""")]
    internal sealed record Request(string? Name = null, Role? Role = null, string? Password = null, bool? Disabled = null);

    public static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(
        string id, Request request, CurrentUser me, HuomaDb db, Owners owners, Passwords passwords, SessionStore sessions, CancellationToken ct)
    {
        await using var transaction = await owners.LockAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == UserId.Parse(id), ct) is not { } user)
        {
            return Problems.NotFound();
        }

        if (Check(request, user).Any(out var problem))
        {
            return problem;
        }

        if (request.Password is not null && user.Id == me.Id)
        {
            // An unattended console must not be enough to take an account over.
            return new Refusal("user.own-password", "修改自己的密码需要输入当前密码，请使用“修改密码”", "password").ToProblem();
        }

        var others = await owners.CountOthersAsync(user, ct);
        if (user.Become(request.Role ?? user.Role, request.Disabled ?? user.Disabled, others) is { } refusal)
        {
            return refusal.ToProblem();
        }

        user.Rename(request.Name?.Trim() ?? user.Name);
        if (request.Password is { } password)
        {
            user.SetPassword(passwords.Hash(password));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (request.Password is not null || user.Disabled)
        {
            await sessions.EndAllAsync(user.Id, CancellationToken.None);
        }

        return TypedResults.Ok(UserView.Of(user));
    }

    private static FieldErrors Check(Request request, User user)
    {
        var errors = new FieldErrors();
        if (request.Name is not null)
        {
            errors.Line("name", request.Name, User.NameMaxLength);
        }

        return request.Password is null ? errors : errors.NewPassword("password", request.Password, user.Account);
    }
}
