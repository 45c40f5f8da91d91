namespace Huoma.Domain.WeCom;

/// <summary>What a callback about a customer group says (客户群变更回调). A hint: what is true is read from the group itself.</summary>
/// <param name="MemberIds">Who joined or left; often not told.</param>
/// <param name="Version">The group's member version after it (<c>CurMemVer</c>); null when not told.</param>
public sealed record ChatChange(ChatChangeKind Kind, string ChatId, DateTimeOffset At, IReadOnlyList<string> MemberIds, bool IsRemoved, string? Version)
{
    /// <summary>Null: nothing we listen to. JoinScene and QuitScene may stand there when they mean nothing, so the detail alone decides.</summary>
    /// <param name="changeType">create, update, dismiss.</param>
    /// <param name="detail">Of an update: add_member, del_member, change_owner, change_name, change_notice.</param>
    public static ChatChangeKind? KindOf(string? changeType, string? detail) => (changeType, detail) switch
    {
        ("create", _) => ChatChangeKind.Created,
        ("dismiss", _) => ChatChangeKind.Dismissed,
        ("update", "add_member") => ChatChangeKind.Joined,
        ("update", "del_member") => ChatChangeKind.Left,
        ("update", _) => ChatChangeKind.Changed,
        _ => null,
    };
}

public enum ChatChangeKind
{
    Created = 1,
    Dismissed = 2,
    Joined = 3,
    Left = 4,

    /// <summary>Its name, owner or notice, or what is not known yet.</summary>
    Changed = 5,
}
