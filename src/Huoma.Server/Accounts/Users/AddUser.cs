using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Users;

internal static class AddUser
{
    [SchemaExample("""{ "account": "xiaoli@example.com", "name": "小李", "role": "operator", "password": "dancing-llama-7" }""")]
    internal sealed record Request(
        [property: Required] string? Account, [property: Required] string? Name, [property: Required] Role? Role, [property: Required] string? Password);

    public static async Task<Results<Created<UserView>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, CurrentTenant tenant, Passwords passwords, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors()
            .NewAccount(request.Account)
            .Line("name", request.Name, User.NameMaxLength)
            .Given("role", request.Role)
            .NewPassword("password", request.Password, request.Account ?? "");
        if (errors.Any(out var problem) || request is not { Account: { } account, Name: { } name, Role: { } role, Password: { } password })
        {
            return problem ?? Problems.NotFound();
        }

        var user = new User(NewId.Of<User>(), tenant.Id, account, name.Trim(), role, passwords.Hash(password), time.GetUtcNow());
        if (await IsTakenAsync(db, user, ct))
        {
            return Taken();
        }

        db.Users.Add(user);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Between the question and the answer somebody may have taken it; anything else is a real failure.
            if (!await IsTakenAsync(db, user, ct))
            {
                throw;
            }

            return Taken();
        }

        return TypedResults.Created($"/api/v1/users/{user.Id}", UserView.Of(user));
    }

    // Over all tenants: who signs in names only his account.
    private static Task<bool> IsTakenAsync(HuomaDb db, User user, CancellationToken ct) =>
        db.Users.IgnoreQueryFilters().AnyAsync(row => row.AccountKey == user.AccountKey, ct);

    private static ProblemHttpResult Taken() => new Refusal("user.account-taken", "这个账号已被使用，请换一个", "account").ToProblem();
}
