namespace Huoma.Domain.Robots;

/// <summary>Names of commands in the gateway protocol (docs/robot-gateway.md); also the names of capabilities.</summary>
public static class CommandTypes
{
    public const string Start = "robot.start";
    public const string Stop = "robot.stop";
    public const string Logout = "robot.logout";
    public const string Status = "robot.status";
    public const string Contacts = "contact.list";
    public const string CreateRoom = "room.create";
    public const string ListRooms = "room.list";
    public const string RoomQr = "room.qr";
    public const string RenameRoom = "room.rename";
    public const string Announce = "room.announce";
    public const string Send = "room.send";
    public const string Kick = "room.kick";
    public const string Members = "room.members";
    public const string Add = "room.add";

    /// <summary>Kinds of parts of <see cref="Send"/> that not every platform has.</summary>
    public const string SendImage = "room.send.image";

    /// <inheritdoc cref="SendImage"/>
    public const string SendLink = "room.send.link";

    /// <summary>About the account itself, so that it may be told while nobody is logged in.</summary>
    public static bool IsAboutAccount(string type) => type is Start or Stop or Logout or Status;

    /// <summary>What a disabled robot is still told.</summary>
    public static bool IsForDisabled(string type) => type is Stop or Logout or Status;
}

/// <summary>Names of events in the gateway protocol.</summary>
public static class EventTypes
{
    public const string Scan = "robot.scan";
    public const string Login = "robot.login";
    public const string Ready = "robot.ready";
    public const string Logout = "robot.logout";
    public const string Error = "robot.error";
    public const string MemberJoined = "room.memberJoined";
    public const string MemberLeft = "room.memberLeft";
    public const string Renamed = "room.renamed";
    public const string Message = "room.message";
    public const string MemberSnapshot = "room.memberSnapshot";
    public const string FriendRequest = "friend.request";

    /// <summary>What is not known is acknowledged and dropped.</summary>
    public static bool IsKnown(string type) => type is Scan or Login or Ready or Logout or Error or MemberJoined or MemberLeft or Renamed or Message
        or MemberSnapshot or FriendRequest;
}

/// <summary>Error codes of results in the gateway protocol. One that is not known counts as <see cref="PuppetError"/>.</summary>
public static class ErrorCodes
{
    public const string BadRequest = "BAD_REQUEST";
    public const string RobotNotStarted = "ROBOT_NOT_STARTED";
    public const string RobotOffline = "ROBOT_OFFLINE";
    public const string RoomNotFound = "ROOM_NOT_FOUND";
    public const string NotOwner = "NOT_OWNER";
    public const string NotMember = "NOT_MEMBER";
    public const string Unsupported = "UNSUPPORTED";
    public const string RateLimited = "RATE_LIMITED";
    public const string Expired = "EXPIRED";
    public const string UnknownOutcome = "UNKNOWN_OUTCOME";
    public const string PuppetError = "PUPPET_ERROR";

    /// <summary>Ours: sent, and no result came for very long.</summary>
    public const string NoResult = "NO_RESULT";
}
