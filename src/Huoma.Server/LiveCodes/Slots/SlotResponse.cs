using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>A slot as the API shows it; counts are those of its present round.</summary>
/// <param name="ExpiresAt">Null: it lasts (personal cards).</param>
/// <param name="SeatsTaken">Of the code's 展示人数上限; null when it has none.</param>
[SchemaExample("""
    { "id": "5Vd1Rt8Ys3K", "codeId": "2Qk9Zx7Lm0B", "name": "一群", "imageId": "7Hn4Wc6Pq2D", "imageUrl": "/m/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.jpg",
      "payload": "https://weixin.qq.com/g/AwYAAExample", "qrKind": "group", "supportWeChatId": "kefu001", "expiresAt": "2026-11-29T04:00:00.000Z",
      "threshold": 100, "enabled": true, "position": 1, "round": 1, "presses": 90, "pressVisitors": 86, "seatsTaken": null, "views": 120, "visitors": 101,
      "todayPresses": 4, "todayPressVisitors": 4, "todayViews": 6, "todayVisitors": 5, "overrideReason": null, "warnings": [],
      "state": "serving", "createdAt": "2026-11-22T04:00:00.000Z" }
    """)]
internal sealed record SlotResponse(
    SlotId Id,
    LiveCodeId CodeId,
    string Name,
    ImageId ImageId,
    string ImageUrl,
    string? Payload,
    QrKind? QrKind,
    string? SupportWeChatId,
    DateTimeOffset? ExpiresAt,
    int Threshold,
    bool Enabled,
    int Position,
    int Round,
    long Presses,
    long PressVisitors,
    long? SeatsTaken,
    long Views,
    long Visitors,
    long TodayPresses,
    long TodayPressVisitors,
    long TodayViews,
    long TodayVisitors,
    string? OverrideReason,
    IReadOnlyList<SlotWarning> Warnings,
    SlotStatus State,
    DateTimeOffset CreatedAt);
