namespace Huoma.Domain.Simulator;

/// <summary>What goes wrong once, on demand, as it does with real platforms. Each waits until something comes that it can spoil.</summary>
public enum SimFault
{
    /// <summary>The next join does not say who invited.</summary>
    EmptyInviter = 1,

    /// <summary>The next join does not say who came.</summary>
    EmptyInvitees = 2,

    /// <summary>The platform tells the next thing twice.</summary>
    DuplicateEvent = 3,

    /// <summary>The next two things are told in the wrong order.</summary>
    ReorderedEvents = 4,

    /// <summary>The next thing is not told at all.</summary>
    LostEvent = 5,

    /// <summary>The next new group stays unnamed.</summary>
    RenameFails = 6,

    /// <summary>The account is logged out in the middle of the next command.</summary>
    LogoutInCommand = 7,

    /// <summary>创建群聊的频率过快 at the next command that platforms count.</summary>
    RateLimit = 8,

    /// <summary>The next command that can not be repeated is done, and nobody knows.</summary>
    UnknownOutcome = 9,

    /// <summary>The connection breaks after the next command is done and before its result is sent.</summary>
    ResultLost = 10,

    /// <summary>The next event is sent twice over the wire, with the same id.</summary>
    RepeatedFrame = 11,

    /// <summary>The connection breaks now.</summary>
    ConnectionDropped = 12,

    /// <summary>Every QR of a group is expired now.</summary>
    QrExpired = 13,

    /// <summary>A group takes nobody any more; told again, it does.</summary>
    RoomFull = 14,
}
