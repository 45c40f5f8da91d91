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

/// <summary>What a code does when no slot has room.</summary>
public enum WhenUsedUp
{
    /// <summary>店小二已下班.</summary>
    OffDuty = 1,

    /// <summary>切换: another code answers.</summary>
    HandsOver = 2,

    /// <summary>循环利用: all begin a new round, so its places are never used up.</summary>
    BeginsAgain = 3,
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
    public static IEnumerable<LiveCodeWarning> Of(
        LiveCodeStatus status, IReadOnlyList<SlotState> slots, DateTimeOffset now, WhenUsedUp whenUsedUp = WhenUsedUp.OffDuty)
    {
        ArgumentNullException.ThrowIfNull(slots);
        if (status == LiveCodeStatus.Off)
        {
            yield break;
        }

        if (OfPlaces([.. slots.Where(slot => slot.IsUsable(now))], whenUsedUp) is { } warning)
        {
            yield return warning;
        }

        foreach (var slot in slots.Where(slot => slot.Enabled && slot.ExpiresAt - now <= ExpiryNotice))
        {
            yield return new LiveCodeWarning(slot.IsUsable(now) ? WarningKind.SlotExpiring : WarningKind.SlotExpired, slot, PlacesLeft: null);
        }
    }

    /// <summary>How 切换 and 循环利用 are set tells what happens then.</summary>
    public static WhenUsedUp WhenUsedUpOf(bool recycles, HandOverWhen? handsOver) =>
        recycles ? WhenUsedUp.BeginsAgain
        : handsOver is HandOverWhen.Immediately or HandOverWhen.Exhausted ? WhenUsedUp.HandsOver
        : WhenUsedUp.OffDuty;

    private static LiveCodeWarning? OfPlaces(IReadOnlyCollection<SlotState> usable, WhenUsedUp whenUsedUp)
    {
        var left = usable.Sum(slot => slot.PlacesLeft);
        if (usable.Count > 0 && whenUsedUp == WhenUsedUp.BeginsAgain)
        {
            return null;
        }

        if (left == 0)
        {
            return whenUsedUp == WhenUsedUp.HandsOver ? null : new LiveCodeWarning(WarningKind.CodeExhausted, Slot: null, left);
        }

        return left * RunningOutAtOneIn <= usable.Sum(slot => (long)Math.Min(slot.Threshold, slot.SeatCap ?? slot.Threshold))
            ? new LiveCodeWarning(WarningKind.CodeRunningOut, Slot: null, left)
            : null;
    }
}
