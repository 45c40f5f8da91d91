using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>An invited friend with what speaks for and against him (F200, U7).</summary>
/// <param name="Nickname">As the group knows him; null: nobody was found yet.</param>
/// <param name="PressedQr">He pressed the group's QR.</param>
/// <param name="Group">What the group he joined is called.</param>
/// <param name="ToBeConfirmed">待确认: a member was found who may be he.</param>
/// <param name="Evidence">How that member was found.</param>
/// <param name="DecidedBy">Which operator decided.</param>
/// <param name="Removed">His personal data were removed.</param>
[SchemaExample("""
    { "id": "2Lm7Qx9Vb5C", "inviterId": "8Kd2Mq4Zt7P", "inviterToken": "BTS0059561Uqo", "nickname": "小王", "avatarUrl": null, "scannedAt": "2026-11-22T04:00:00.000Z", "pressedQr": true,
      "joinedAt": "2026-11-22T04:03:00.000Z", "group": "读书群1", "state": "pending", "toBeConfirmed": true, "reason": "none", "evidence": "only-one", "confirmedAt": null,
      "leftAt": null, "decidedBy": null, "removed": false }
    """)]
internal sealed record InviteeResponse(
    InviteeId Id, ParticipantId InviterId, string InviterToken, string? Nickname, string? AvatarUrl, DateTimeOffset ScannedAt, bool PressedQr, DateTimeOffset? JoinedAt,
    string? Group, InviteeState State, bool ToBeConfirmed, UncountedReason Reason, JoinEvidence Evidence, DateTimeOffset? ConfirmedAt, DateTimeOffset? LeftAt, string? DecidedBy,
    bool Removed);
