using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Visits;

/// <summary>What the overview warns of, the most urgent first.</summary>
public enum WarningKind
{
    /// <summary>Nobody new gets a QR: 店小二已下班.</summary>
    CodeExhausted = 1,

    /// <summary>Few places are left in all its slots together.</summary>
    CodeRunningOut = 2,

    /// <summary>已过期.</summary>
    SlotExpired = 3,

    /// <summary>即将过期.</summary>
    SlotExpiring = 4,
}

/// <param name="Slot">The slot it is about; null when it is about the whole code.</param>
/// <param name="PlacesLeft">For a whole code: how many distinct visitors it can still take.</param>
public sealed record LiveCodeWarning(WarningKind Kind, SlotState? Slot, long? PlacesLeft);

/// <summary>Finds what an operator should look after before his visitors notice.</summary>
public static class LiveCodeWarnings
{
    /// <summary>How long before its expiry a picture is worth a warning.</summary>
    public static readonly TimeSpan ExpiryNotice = TimeSpan.FromHours(48);

    /// <summary>A code runs out when at most one place in this many is left.</summary>
    public const int RunningOutAtOneIn = 5;

    /// <param name="slots">Its slots that are not deleted.</param>
    public static IEnumerable<LiveCodeWarning> Of(LiveCodeStatus status, IReadOnlyList<SlotState> slots, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(slots);
        if (status == LiveCodeStatus.Off)
        {
            yield break;
        }

        var usable = slots.Where(slot => slot.IsUsable(now)).ToList();
        var left = usable.Sum(slot => slot.PlacesLeft);
        if (left == 0)
        {
            yield return new LiveCodeWarning(WarningKind.CodeExhausted, Slot: null, left);
        }
        else if (left * RunningOutAtOneIn <= usable.Sum(slot => (long)Math.Min(slot.Threshold, slot.SeatCap ?? slot.Threshold)))
        {
            yield return new LiveCodeWarning(WarningKind.CodeRunningOut, Slot: null, left);
        }

        foreach (var slot in slots.Where(slot => slot.Enabled && slot.ExpiresAt - now <= ExpiryNotice))
        {
            yield return new LiveCodeWarning(slot.IsUsable(now) ? WarningKind.SlotExpiring : WarningKind.SlotExpired, slot, PlacesLeft: null);
        }
    }
}
