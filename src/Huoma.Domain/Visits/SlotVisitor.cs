namespace Huoma.Domain.Visits;

/// <summary>
/// What one visitor has to do with one slot and round of a code. The row without a slot (<see cref="NoSlot"/>) stands for
/// having come to the code and been shown none: the welcome page, or nobody on duty.
/// </summary>
public sealed class SlotVisitor(long visitorId, SlotId slotId, int round)
{
    public static readonly SlotId NoSlot;

    public long VisitorId { get; } = visitorId;

    public SlotId SlotId { get; } = slotId;

    public int Round { get; } = round;

    /// <summary>防重复进群: later visits show this slot (D7).</summary>
    public bool IsBound { get; set; }

    /// <summary>The local day of the last scan that led here; 0 when none did.</summary>
    public int LastScanOn { get; set; }

    /// <summary>The local day this slot was last shown; 0 when it never was.</summary>
    public int LastShownOn { get; set; }

    /// <summary>The local day of the last press; 0 when there was none.</summary>
    public int LastPressOn { get; set; }

    /// <summary>长按识别次数 of this visitor on this slot and round.</summary>
    public int Presses { get; set; }

    public bool IsAbout(SlotId slotId, int round) => SlotId == slotId && Round == round;
}
