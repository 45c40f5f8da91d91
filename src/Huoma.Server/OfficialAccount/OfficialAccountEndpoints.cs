using Huoma.Server.OfficialAccount.Desk;
using Huoma.Server.OfficialAccount.Verification;

namespace Huoma.Server.OfficialAccount;

internal static class OfficialAccountEndpoints
{
    /// <summary>Public: 公众平台 fetches it.</summary>
    public static void MapVerifyFiles(this IEndpointRouteBuilder app) =>
        app.MapMethods("/MP_verify_{code}.txt", [HttpMethods.Get, HttpMethods.Head], ServeVerifyFile.Handle).WithName(nameof(ServeVerifyFile)).ExcludeFromDescription().AllowAnonymous();

    /// <summary>For owners of the platform's own tenant.</summary>
    public static void MapOfficialAccount(this RouteGroupBuilder owners)
    {
        var account = owners.MapGroup("/official-account").WithTags("Official account");
        account.MapGet("", ShowOfficialAccount.Handle).WithName(nameof(ShowOfficialAccount));
        account.MapPost("/check", CheckOfficialAccount.Handle).WithName(nameof(CheckOfficialAccount));
        account.MapPost("/verify-files", KeepVerifyFile.Handle).WithName(nameof(KeepVerifyFile));
        account.MapDelete("/verify-files/{id}", KeepVerifyFile.HandleDelete).WithName("DeleteVerifyFile");
    }
}
