using Huoma.Domain.WeCom;
using Huoma.Server.WeCom.Api;

namespace Huoma.Server.WeCom.Chats;

/// <summary>A member list in the words of the gateway protocol, with what only 企业微信 tells.</summary>
internal sealed record ChatMembers(string Name, string? OwnerId, IReadOnlyList<ChatMembers.Member> Members)
{
    private const int Invited = 1;
    private const int ByLink = 2;

    /// <param name="Scene"><c>robot</c> by this group's QR of ours, <c>member</c> invited by somebody; else <c>unknown</c>.</param>
    internal sealed record Member(
        string Id, string Name, string? RoomAlias, string? Avatar, string? InviterId, string Scene, DateTimeOffset? JoinedAt, string? UnionId, string? State);

    public static ChatMembers Of(Chat chat, GroupId groupId) => new(
        chat.Name ?? "",
        chat.Owner,
        [
            .. from member in (chat.MemberList ?? []).OfType<ChatMember>()
               let id = member.Userid ?? ""
               where id.Length > 0
               select new Member(
                   id,
                   member.Name ?? "",
                   member.GroupNickname is { Length: > 0 } nickname ? nickname : null,
                   Avatar: null,
                   member.Invitor?.Userid,
                   SceneOf(member, groupId),
                   member.JoinTime is { } seconds and > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
                   member.Unionid is { Length: > 0 } unionId ? unionId : null,
                   member.State is { Length: > 0 and <= JoinWay.StateMaxLength } state ? state : null),
        ]);

    private static string SceneOf(ChatMember member, GroupId groupId) =>
        JoinWay.IsOurs(member.State, groupId) ? "robot" : member.JoinScene is Invited or ByLink ? "member" : "unknown";
}
