using Huoma.Domain.Groups;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Groups;

/// <summary>状态 of a group as the console shows it.</summary>
internal enum GroupState
{
    /// <summary>建群中, or its first QR is on its way.</summary>
    Creating = 1,

    /// <summary>使用中: the next new visitor gets it.</summary>
    Serving = 2,
    Waiting = 3,

    /// <summary>已满: 精准分流频率 is reached.</summary>
    Full = 4,

    /// <summary>建群失败; see the failure.</summary>
    Failed = 5,
    Dismissed = 6,

    /// <summary>Its QR ran out and no new one came.</summary>
    Expired = 7,
}

/// <summary>A group a robot made (F084), or people did.</summary>
/// <param name="Linked">Made by people in 企业微信 and put under the code: its name is theirs, and it can be removed.</param>
/// <param name="QrExpiresAt">Null: it does not run out, or there is none yet.</param>
/// <param name="RealName">What it is really called; 同步群名 makes it <paramref name="Name"/>.</param>
/// <param name="Renaming">同步群名 is on its way, did not work, or neither (null).</param>
/// <param name="Failure">Why it failed, with what to do.</param>
/// <param name="IsRobotOwner">False: somebody else is 群主 now, and announcements fail (F101). Null: nobody knows.</param>
[SchemaExample("""
    { "id": "9Ht2Lc5Vx0N", "codeId": "2Qk9Zx7Lm0B", "number": 2, "linked": false, "name": "进群宝演示群2", "realName": "进群宝演示群2", "renaming": null, "roomId": "7101074514@chatroom",
      "robotId": "5Vd1Rt8Ys3K", "robotName": "小助手", "members": 57, "pressVisitors": 61, "memberThreshold": 180, "state": "serving", "failure": null,
      "qrUrl": "/m/1/ab12.png", "qrExpiresAt": "2026-11-29T04:00:00.000Z", "createdAt": "2026-11-22T04:00:00.000Z", "isRobotOwner": true }
    """)]
internal sealed record GroupResponse(
    GroupId Id,
    LiveCodeId CodeId,
    int Number,
    bool Linked,
    string Name,
    string? RealName,
    RenameState? Renaming,
    string? RoomId,
    RobotId RobotId,
    string RobotName,
    int Members,
    long PressVisitors,
    int MemberThreshold,
    GroupState State,
    string? Failure,
    string? QrUrl,
    DateTimeOffset? QrExpiresAt,
    DateTimeOffset CreatedAt,
    bool? IsRobotOwner);

/// <summary>同步群名 of one group (F086).</summary>
internal enum RenameState
{
    Pending = 1,
    Failed = 2,
}

/// <summary>群成员 (F089).</summary>
/// <param name="Source">入群来源.</param>
/// <param name="IsRobot">The robot itself, which can not be removed.</param>
[SchemaExample("""
    { "id": "wxid_new", "name": "新人小王", "alias": null, "avatarUrl": null, "joinedAt": "2026-11-22T04:00:00.000Z", "source": "robot",
      "inviterId": "wxid_robot", "inviterName": "小助手", "leftAt": null, "leftHow": null, "isRobot": false }
    """)]
internal sealed record GroupMemberResponse(
    string Id, string Name, string? Alias, string? AvatarUrl, DateTimeOffset JoinedAt, MemberSource Source, string? InviterId, string? InviterName,
    DateTimeOffset? LeftAt, Leaving? LeftHow, bool IsRobot);
