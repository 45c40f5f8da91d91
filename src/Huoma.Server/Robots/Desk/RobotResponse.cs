using Huoma.Domain.Robots;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Desk;

/// <summary>A robot as the console shows it: what it is told to be, and how it is doing.</summary>
/// <param name="Online">Its gateway is connected. Whether an account is logged in stands in <c>login</c>.</param>
/// <param name="Since">Since when it is connected, or not; null: it never was.</param>
/// <param name="Capabilities">What its platform can do; null: nothing is known to be missing.</param>
/// <param name="Wecom">Of a robot of 企业微信; null of the others.</param>
/// <param name="CreationStoppedUntil">The platform said 创建群聊的频率过快.</param>
/// <param name="ContactsAt">When the list of contacts was taken; null: never.</param>
/// <param name="ParkedEvents">Events nobody could react to.</param>
/// <param name="LastEvents">The five newest.</param>
[SchemaExample("""
    { "id": "3Kd9Zx7Lm0B", "name": "一号机", "driver": "gateway", "enabled": true, "shouldRun": true,
      "risk": { "required": true, "acceptedAt": "2026-11-22T03:00:00.000Z", "acceptedBy": "小李" }, "online": true, "since": "2026-11-22T03:05:00.000Z",
      "gateway": { "id": "gw-1", "version": "1.0.0", "puppet": "padlocal" },
      "login": { "state": "online", "at": "2026-11-22T03:06:00.000Z", "qr": null, "scan": null, "scanAt": null, "userId": "wxid_robot", "userName": "小助手", "avatar": null },
      "capabilities": ["robot.start", "room.create", "room.send"], "seedIds": ["wxid_a", "wxid_b"],
      "limits": { "groupsPerDay": 5, "createSpacingSeconds": 120, "messageSpacingSeconds": 3, "messagesPerMinute": 20, "kickSpacingSeconds": 5 },
      "limitRanges": { "groupsPerDay": { "min": 0, "max": 50 }, "createSpacingSeconds": { "min": 60, "max": 3600 }, "messageSpacingSeconds": { "min": 1, "max": 600 },
        "messagesPerMinute": { "min": 1, "max": 60 }, "kickSpacingSeconds": { "min": 1, "max": 600 } },
      "commands": { "waiting": 2, "underWay": 1, "unknown": 0 }, "creationStoppedUntil": null, "contactsAt": "2026-11-22T03:06:10.000Z", "lastError": null,
      "wecom": null, "parkedEvents": 0, "lastEvents": [{ "number": 11, "type": "robot.ready", "at": "2026-11-22T03:06:05.000Z", "state": "done", "error": null }],
      "createdAt": "2026-11-22T03:00:00.000Z" }
    """)]
internal sealed record RobotResponse(
    RobotId Id,
    string Name,
    RobotDriver Driver,
    bool Enabled,
    bool ShouldRun,
    RobotRiskResponse Risk,
    bool Online,
    DateTimeOffset? Since,
    RobotGatewayResponse? Gateway,
    RobotLoginResponse Login,
    IReadOnlyList<string>? Capabilities,
    IReadOnlyList<string> SeedIds,
    RobotLimits Limits,
    RobotLimitRangesResponse LimitRanges,
    RobotCommandCountsResponse Commands,
    DateTimeOffset? CreationStoppedUntil,
    DateTimeOffset? ContactsAt,
    RobotErrorResponse? LastError,
    RobotWecomResponse? Wecom,
    int ParkedEvents,
    IReadOnlyList<RobotEventResponse> LastEvents,
    DateTimeOffset CreatedAt);

/// <param name="Required">It can not be enabled before somebody took note.</param>
internal sealed record RobotRiskResponse(bool Required, DateTimeOffset? AcceptedAt, string? AcceptedBy);

internal sealed record RobotGatewayResponse(string Id, string Version, string Puppet);

/// <param name="Qr">The text of the login QR while it waits to be scanned; null for viewers, who would log in as themselves.</param>
/// <param name="Avatar">An address at the platform's; the console does not load it.</param>
internal sealed record RobotLoginResponse(
    LoginState State, DateTimeOffset? At, string? Qr, ScanStatus? Scan, DateTimeOffset? ScanAt, string? UserId, string? UserName, string? Avatar);

internal sealed record RobotCommandCountsResponse(int Waiting, int UnderWay, int Unknown);

/// <summary>企业微信 without its secrets.</summary>
/// <param name="CallbackUrl">What is typed in as URL of 接收消息服务器.</param>
internal sealed record RobotWecomResponse(string CorpId, string CallbackUrl);

internal sealed record RobotErrorResponse(string Message, DateTimeOffset At);

internal sealed record LimitRangeResponse(int Min, int Max);

internal sealed record RobotLimitRangesResponse(
    LimitRangeResponse GroupsPerDay, LimitRangeResponse CreateSpacingSeconds, LimitRangeResponse MessageSpacingSeconds, LimitRangeResponse MessagesPerMinute,
    LimitRangeResponse KickSpacingSeconds)
{
    public static RobotLimitRangesResponse Of(RobotLimitRanges ranges) => new(
        Of(ranges.GroupsPerDay), Of(ranges.CreateSpacingSeconds), Of(ranges.MessageSpacingSeconds), Of(ranges.MessagesPerMinute), Of(ranges.KickSpacingSeconds));

    private static LimitRangeResponse Of((int Min, int Max) range) => new(range.Min, range.Max);
}

/// <param name="Number">Grows in the order of arrival.</param>
/// <param name="Error">Why nobody could react to it (yet).</param>
internal sealed record RobotEventResponse(long Number, string Type, DateTimeOffset At, InboxState State, string? Error);

/// <summary>A command in the outbox, without what it says.</summary>
/// <param name="Purpose">Who sent it and what for.</param>
[SchemaExample("""
    { "id": "7Hn4Wc6Pq2D", "type": "room.create", "purpose": "groups.create", "state": "queued", "createdAt": "2026-11-22T04:00:00.000Z",
      "notBefore": "2026-11-22T04:00:00.000Z", "deadline": "2026-11-22T05:00:00.000Z", "sentAt": null, "doneAt": null, "attempts": 0, "errorCode": null, "errorMessage": null }
    """)]
internal sealed record RobotCommandResponse(
    RobotCommandId Id, string Type, string Purpose, CommandState State, DateTimeOffset CreatedAt, DateTimeOffset NotBefore, DateTimeOffset Deadline,
    DateTimeOffset? SentAt, DateTimeOffset? DoneAt, int Attempts, string? ErrorCode, string? ErrorMessage)
{
    public static RobotCommandResponse Of(RobotCommand command) => new(
        command.Id, command.Type, command.Purpose, command.State, command.CreatedAt, command.NotBefore, command.Deadline, command.SentAt, command.DoneAt,
        command.Attempts, command.ErrorCode, command.ErrorMessage);
}
