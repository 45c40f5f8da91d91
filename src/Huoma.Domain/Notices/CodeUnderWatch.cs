using Huoma.Domain.Visits;

namespace Huoma.Domain.Notices;

/// <summary>A slot with what a notice says of it.</summary>
public sealed record WatchedSlot(SlotState State, string Name, ImageId ImageId);

/// <summary>A code that is on, with all its slots in their order and how fast its places go.</summary>
public sealed record CodeUnderWatch(LiveCodeId Id, TenantId TenantId, string Name, IReadOnlyList<WatchedSlot> Slots, UsePace Pace, WhenUsedUp WhenUsedUp = WhenUsedUp.OffDuty);

/// <summary>How many places of a code were taken lately; counts are those of whole local hours.</summary>
/// <param name="ThisHour">Since the present hour began.</param>
/// <param name="IntoThisHour">How long ago that was.</param>
/// <param name="HourBefore">In the whole hour before.</param>
public readonly record struct UsePace(long ThisHour, TimeSpan IntoThisHour, long HourBefore)
{
    /// <summary>Fewer tell nothing about the next hours.</summary>
    public const int LeastSample = 5;

    /// <summary>So long into an hour, it counts alone: a livestream that has just begun is not watered down by the calm before.</summary>
    private static readonly TimeSpan Telling = TimeSpan.FromMinutes(10);

    /// <summary>Places a hour; null when too few were taken to tell.</summary>
    public double? PerHour
    {
        get
        {
            if (ThisHour + HourBefore < LeastSample)
            {
                return null;
            }

            var both = (ThisHour + HourBefore) / (IntoThisHour + TimeSpan.FromHours(1)).TotalHours;
            return IntoThisHour >= Telling && ThisHour >= LeastSample ? Math.Max(both, ThisHour / IntoThisHour.TotalHours) : both;
        }
    }

    /// <summary>按当前速度约 N 小时后用完; null when nobody can tell.</summary>
    public TimeSpan? LastsFor(long placesLeft) =>
        PerHour is { } pace && pace > 0 && placesLeft / pace < TimeSpan.FromDays(365).TotalHours ? TimeSpan.FromHours(placesLeft / pace) : null;
}
