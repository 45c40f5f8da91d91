using Huoma.Domain.LiveCodes;

namespace Huoma.Server.LiveCodes;

/// <summary>A live code as the API shows it.</summary>
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
    HandOverResponse HandOver,
    bool Recycle,
    AutoResponse? Auto,
    LiveCodeCountsResponse Counts,
    long Version,
    DateTimeOffset CreatedAt);

internal sealed record WelcomeResponse(bool Enabled, ImageId? ImageId, string? ImageUrl, string GroupIntro, string FounderIntro);

/// <summary>切换到名片码; always off until card codes exist.</summary>
internal sealed record HandOverResponse(bool Enabled, string? TargetNumber, HandOverWhen When, int? AfterPresses)
{
    public static HandOverResponse Off { get; } = new(Enabled: false, TargetNumber: null, HandOverWhen.Immediately, AfterPresses: null);
}

internal enum HandOverWhen
{
    Immediately = 1,
    Exhausted = 2,
    AfterPresses = 3,
}

/// <summary>自动建群; null until robots build groups.</summary>
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
