using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Channels;

/// <summary>A channel as the API shows it.</summary>
[SchemaExample("""
    { "id": "6Tb2Lw9Xe4A", "codeId": "2Qk9Zx7Lm0B", "codeName": "双十一读书会", "codeKind": "group", "codeStatus": "on", "codeDeleted": false,
      "key": "Xk3vN8sT", "url": "https://qun.example.com/q/Xk3vN8sT", "name": "公众号菜单", "remark": "11 月推文", "archived": false,
      "counts": { "todayVisitors": 11, "todayScans": 12, "todayPressVisitors": 8, "todayPresses": 9,
        "visitors": 297, "scans": 330, "pressVisitors": 227, "presses": 251, "joins": 0 },
      "createdAt": "2026-11-22T04:00:00.000Z" }
    """)]
internal sealed record ChannelResponse(
    ChannelId Id,
    LiveCodeId CodeId,
    string CodeName,
    LiveCodeKind CodeKind,
    LiveCodeStatus CodeStatus,
    bool CodeDeleted,
    string Key,
    string Url,
    string Name,
    string Remark,
    bool Archived,
    ChannelCountsResponse Counts,
    DateTimeOffset CreatedAt);

/// <summary>What came through this channel alone (D1, D2).</summary>
internal sealed record ChannelCountsResponse(
    long TodayVisitors,
    long TodayScans,
    long TodayPressVisitors,
    long TodayPresses,
    long Visitors,
    long Scans,
    long PressVisitors,
    long Presses,
    long Joins);
