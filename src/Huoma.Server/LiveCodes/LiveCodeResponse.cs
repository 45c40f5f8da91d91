using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.LiveCodes;

/// <summary>A live code as the API shows it.</summary>
/// <param name="HandsOverFrom">The codes that hand their visitors over to this one; null in lists.</param>
/// <param name="RestorableUntil">Of a deleted one, exclusive.</param>
[SchemaExample("""
    { "id": "2Qk9Zx7Lm0B", "number": "202611221200001234567", "key": "b7Kq2fRz", "url": "https://qun.example.com/q/b7Kq2fRz", "kind": "group",
      "building": "manual", "name": "双十一读书会", "remark": "线下海报", "status": "on", "sticky": true,
      "welcome": { "enabled": false, "imageId": null, "imageUrl": null, "groupIntro": "", "founderIntro": "" }, "seats": { "cap": null, "leaseMinutes": null },
      "handOver": { "enabled": false, "targetId": null, "targetNumber": null, "targetName": null, "when": "immediately", "afterPresses": null }, "handsOverFrom": [],
      "recycle": false, "auto": null,
      "counts": { "scans": 330, "visitors": 297, "presses": 251, "pressVisitors": 227, "joins": 0, "slots": 5, "usableSlots": 3,
        "todayScans": 12, "todayVisitors": 11, "todayPresses": 9, "todayPressVisitors": 8 },
      "version": 7, "createdAt": "2026-11-22T04:00:00.000Z", "deletedAt": null, "restorableUntil": null }
    """)]
internal sealed record LiveCodeResponse(
    LiveCodeId Id,
    string Number,
    string Key,
    string Url,
    LiveCodeKind Kind,
    Building Building,
    string Name,
    string Remark,
    LiveCodeStatus Status,
    bool Sticky,
    WelcomeResponse Welcome,
    SeatsResponse Seats,
    HandOverResponse HandOver,
    IReadOnlyList<LiveCodeReference>? HandsOverFrom,
    bool Recycle,
    AutoResponse? Auto,
    LiveCodeCountsResponse Counts,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeletedAt,
    DateTimeOffset? RestorableUntil);

/// <summary>Another live code, by what people know it.</summary>
internal sealed record LiveCodeReference(LiveCodeId Id, string Name, string Number);

internal sealed record WelcomeResponse(bool Enabled, ImageId? ImageId, string? ImageUrl, string GroupIntro, string FounderIntro);

/// <summary>按展示人数上限 and 座位租约 (U4); null: off.</summary>
internal sealed record SeatsResponse(int? Cap, int? LeaseMinutes);

/// <summary>切换到名片码/群活码 (D10–D12).</summary>
/// <param name="TargetNumber">活码编号; null when no code was ever chosen, or it was deleted.</param>
internal sealed record HandOverResponse(bool Enabled, LiveCodeId? TargetId, string? TargetNumber, string? TargetName, HandOverWhen When, int? AfterPresses);

/// <summary>自动建群 (F040–F042); null for a code whose groups are made by hand.</summary>
internal sealed record AutoResponse(int Groups, string Theme, int FirstNumber, int MemberThreshold, bool Replenish, bool Blacklist);

internal sealed record LiveCodeCountsResponse(
    long Scans,
    long Visitors,
    long Presses,
    long PressVisitors,
    long Joins,
    int Slots,
    int UsableSlots,
    long TodayScans,
    long TodayVisitors,
    long TodayPresses,
    long TodayPressVisitors);
