using Huoma.Server.Groups.Blacklists;
using Huoma.Server.Groups.Rules;

namespace Huoma.Server.Groups;

internal static class GroupEndpoints
{
    /// <summary>群管理 of codes whose groups robots build (F084–F090).</summary>
    public static void MapGroups(this RouteGroupBuilder console)
    {
        var ofCode = console.MapGroup("/codes/{id}/groups").WithTags("Groups");
        ofCode.MapGet("", ListGroups.Handle).WithName(nameof(ListGroups));
        ofCode.MapPost("", LinkGroup.Handle).WithName(nameof(LinkGroup));
        ofCode.MapPost("/sync-names", SyncGroupNames.Handle).WithName(nameof(SyncGroupNames));

        var blacklist = console.MapGroup("/codes/{id}/blacklist").WithTags("Groups");
        blacklist.MapGet("", ListBlacklist.Handle).WithName(nameof(ListBlacklist));
        blacklist.MapPost("", AddToBlacklist.Handle).WithName(nameof(AddToBlacklist));
        blacklist.MapPost("/import", ImportBlacklist.Handle).WithName(nameof(ImportBlacklist));
        blacklist.MapPost("/sync", SyncBlacklist.Handle).WithName(nameof(SyncBlacklist));
        blacklist.MapDelete("/{entryId}", RemoveFromBlacklist.Handle).WithName(nameof(RemoveFromBlacklist));

        console.MapGroupRules();

        var groups = console.MapGroup("/groups").WithTags("Groups");
        groups.MapPatch("/{id}", EditGroup.Handle).WithName(nameof(EditGroup));
        groups.MapPost("/{id}/unlink", UnlinkGroup.Handle).WithName(nameof(UnlinkGroup));
        groups.MapPost("/{id}/retry", RetryGroup.Handle).WithName(nameof(RetryGroup));
        groups.MapGet("/{id}/members", ListGroupMembers.Handle).WithName(nameof(ListGroupMembers));
        groups.MapDelete("/{id}/members/{memberId}", KickGroupMember.Handle).WithName(nameof(KickGroupMember));
    }
}
