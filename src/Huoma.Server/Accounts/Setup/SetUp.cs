using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Accounts;
using Huoma.Server.Accounts.Sessions;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Accounts.Setup;

/// <summary>The first account, made by whoever started the program and so can read the link it printed.</summary>
internal static class SetUp
{
    internal sealed record Request(
        [property: Required] string? Token, [property: Required] string? TenantName, [property: Required] string? Account, [property: Required] string? Password);

    internal sealed record State(bool Needed);

    public static async Task<Ok<State>> Show(SetupStore store, CancellationToken ct) => TypedResults.Ok(new State(await store.IsNeededAsync(ct)));

    public static async Task<Results<Ok<Me>, ProblemHttpResult>> Handle(
        Request request, SetupStore store, FirstOwner firstOwner, SessionOpening opening, HttpContext context, CancellationToken ct)
    {
        if (!await store.IsNeededAsync(ct))
        {
            return AlreadyDone();
        }

        var errors = new FieldErrors()
            .Line("token", request.Token, 100)
            .Line("tenantName", request.TenantName, Tenant.NameMaxLength)
            .NewAccount(request.Account)
            .NewPassword("password", request.Password, request.Account ?? "");
        if (errors.Any(out var problem) || request is not { Token: { } token, TenantName: { } tenantName, Account: { } account, Password: { } password })
        {
            return problem ?? Problems.NotFound();
        }

        if (!await store.IsTokenAsync(token, ct))
        {
            // Whoever was first has taken all links away.
            return !await store.IsNeededAsync(ct) ? AlreadyDone() : Problems.Create(StatusCodes.Status403Forbidden, "setup.wrong-token", "链接无效，请使用程序启动时打印的链接");
        }

        return await firstOwner.CreateAsync(tenantName.Trim(), account, password, ct) is { } owner
            ? TypedResults.Ok(await opening.OpenAsync(owner, context, ct))
            : AlreadyDone();
    }

    private static ProblemHttpResult AlreadyDone() => new Refusal("setup.already-done", "已经初始化过了，请直接登录").ToProblem();
}
