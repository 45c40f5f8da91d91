using Huoma.Server.Accounts.Sessions;
using Huoma.Server.Accounts.Setup;
using Huoma.Server.Accounts.Users;

namespace Huoma.Server.Accounts;

/// <summary>Set-up, sign-in, one's own account, and the users of the tenant.</summary>
internal static class AccountEndpoints
{
    /// <summary>For those who have no session yet.</summary>
    public static void MapSignIn(this RouteGroupBuilder open)
    {
        open.MapGet("/setup", SetUp.Show).WithName("ShowSetup").WithTags("Setup");
        open.MapPost("/setup", SetUp.Handle).WithName(nameof(SetUp)).WithTags("Setup");
        open.MapPost("/session", SignIn.Handle).WithName(nameof(SignIn)).WithTags("Session");
    }

    /// <summary>For everybody who is signed in, whatever his role.</summary>
    public static void MapOwnAccount(this RouteGroupBuilder own)
    {
        own.MapDelete("/session", SignOut.Handle).WithName(nameof(SignOut)).WithTags("Session");
        var me = own.MapGroup("/me").WithTags("Me");
        me.MapGet("", ShowMe.Handle).WithName(nameof(ShowMe));
        me.MapPut("/password", ChangeOwnPassword.Handle).WithName(nameof(ChangeOwnPassword));
        me.MapPut("/guides/{guide}", RememberGuide.Handle).WithName(nameof(RememberGuide));
    }

    public static void MapUsers(this RouteGroupBuilder owners)
    {
        var users = owners.MapGroup("/users").WithTags("Users");
        users.MapGet("", ListUsers.Handle).WithName(nameof(ListUsers));
        users.MapPost("", AddUser.Handle).WithName(nameof(AddUser));
        users.MapPatch("/{id}", ChangeUser.Handle).WithName(nameof(ChangeUser));
        users.MapDelete("/{id}", RemoveUser.Handle).WithName(nameof(RemoveUser));
    }
}
