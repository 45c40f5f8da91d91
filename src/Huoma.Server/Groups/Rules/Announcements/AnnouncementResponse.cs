using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>群公告 (F100).</summary>
/// <param name="AtAll">@所有人: as a 群公告 of WeChat, which only the owner of a group can make; otherwise a message like any other.</param>
/// <param name="Counts">In how many groups it waits, is sent, failed, or nobody knows.</param>
[SchemaExample("""
    { "id": "3Kf8Zb1Qw7M", "codeId": "2Qk9Zx7Lm0B", "text": "今晚八点直播", "atAll": true, "attachments": [], "createdAt": "2026-11-22T04:00:00.000Z", "createdBy": "小李",
      "counts": { "waiting": 1, "sent": 3, "failed": 1, "unknown": 0 } }
    """)]
internal sealed record AnnouncementResponse(
    AnnouncementId Id, LiveCodeId CodeId, string Text, bool AtAll, IReadOnlyList<PostResponse> Attachments, DateTimeOffset CreatedAt, string CreatedBy,
    AnnouncementCounts Counts);

internal sealed record AnnouncementCounts(int Waiting, int Sent, int Failed, int Unknown);

/// <summary>An announcement in one group.</summary>
/// <param name="Sent">How many of its messages are there.</param>
/// <param name="Failure">Why it failed, with what to do.</param>
[SchemaExample("""
    { "id": "5Vd1Rt8Ys3K", "groupId": "9Ht2Lc5Vx0N", "groupName": "进群宝演示群2", "state": "failed", "sent": 0, "messages": 2,
      "failure": "机器人已不是群主，群公告发不出去；请把群主转回给机器人，再重试", "changedAt": "2026-11-22T04:00:10.000Z" }
    """)]
internal sealed record AnnouncementDeliveryResponse(
    AnnouncementDeliveryId Id, GroupId GroupId, string GroupName, AnnouncementState State, int Sent, int Messages, string? Failure, DateTimeOffset ChangedAt);
