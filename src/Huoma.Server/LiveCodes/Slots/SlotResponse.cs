using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Domain.Visits;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>A slot as the API shows it; counts are those of its present round.</summary>
internal sealed record SlotResponse(
    SlotId Id,
    LiveCodeId CodeId,
    string Name,
    ImageId ImageId,
    string ImageUrl,
    string? Payload,
    QrKind? QrKind,
    string? SupportWeChatId,
    DateTimeOffset ExpiresAt,
    int Threshold,
    bool Enabled,
    int Position,
    int Round,
    long Presses,
    long PressVisitors,
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
