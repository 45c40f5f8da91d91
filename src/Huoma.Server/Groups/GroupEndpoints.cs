namespace Huoma.Server.Groups;

internal static class GroupEndpoints
{
    /// <summary>群管理 of codes whose groups robots build (F084–F090).</summary>
    public static void MapGroups(this RouteGroupBuilder console)
    {
        var ofCode = console.MapGroup("/codes/{id}/groups").WithTags("Groups");
        ofCode.MapGet("", ListGroups.Handle).WithName(nameof(ListGroups));
        ofCode.MapPost("/sync-names", SyncGroupNames.Handle).WithName(nameof(SyncGroupNames));

        var groups = console.MapGroup("/groups").WithTags("Groups");
        groups.MapPatch("/{id}", EditGroup.Handle).WithName(nameof(EditGroup));
        groups.MapPost("/{id}/retry", RetryGroup.Handle).WithName(nameof(RetryGroup));
        groups.MapGet("/{id}/members", ListGroupMembers.Handle).WithName(nameof(ListGroupMembers));
        groups.MapDelete("/{id}/members/{memberId}", KickGroupMember.Handle).WithName(nameof(KickGroupMember));
    }
}
