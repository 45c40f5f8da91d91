namespace Huoma.Domain.WeCom;

/// <summary>「加入群聊」: the permanent QR of a customer group, which tells of everybody who joins by it that he did (its <c>state</c>).</summary>
/// <param name="ConfigId">What the platform calls it; the only way to find it again.</param>
/// <param name="State">Comes back with each member who joined by it.</param>
public sealed record JoinWay(RobotId RobotId, string ChatId, string ConfigId, string State)
{
    /// <summary>The platform cuts longer ones.</summary>
    public const int StateMaxLength = 30;

    private const string Mark = "hm";

    /// <summary>The state of a group's QR: <c>hm</c> and its id. There is room for a channel behind it.</summary>
    public static string StateOf(GroupId groupId) => $"{Mark}{groupId}";

    /// <summary>Whether who came with this state came by this group's QR of ours.</summary>
    public static bool IsOurs(string? state, GroupId groupId) => string.Equals(state, StateOf(groupId), StringComparison.Ordinal);
}
