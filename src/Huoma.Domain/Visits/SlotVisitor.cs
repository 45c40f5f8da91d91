namespace Huoma.Domain.Visits;

/// <summary>
/// What one visitor has to do with one slot and round of a code. The row without a slot (<see cref="NoSlot"/>) stands for
/// having come to the code and been shown none: the welcome page, nobody on duty, or another code. Rows of the round
/// <see cref="EntranceRound"/> tell what he did through one entrance; only who ever used another than the code's own QR has any.
/// </summary>
public sealed class SlotVisitor(long visitorId, SlotId slotId, int round)
{
    public static readonly SlotId NoSlot;

    /// <summary>The row is about the entrance whose number stands in place of the slot's (<see cref="CountKey.ChannelId"/>).</summary>
    public const int EntranceRound = -1;

    /// <summary>His lease ran out before he pressed, and the seat went back (<see cref="LeasedUntil"/>).</summary>
    public const long SeatReturned = -1;

    public long VisitorId { get; } = visitorId;

    public SlotId SlotId { get; } = slotId;

    public int Round { get; } = round;

    /// <summary>The store has this row already (<see cref="LiveCodeVisits.Knows"/>).</summary>
    public bool IsStored { get; set; }

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

    /// <summary>Unix time in milliseconds until which an unpressed seat is kept; 0: for ever; <see cref="SeatReturned"/>.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>He was shown this slot and his seat did not go back (U4).</summary>
    public bool HasSeat => LastShownOn != 0 && LeasedUntil != SeatReturned;

    public bool IsEntrance => Round == EntranceRound;

    public bool IsAbout(SlotId slotId, int round) => SlotId == slotId && Round == round;
}
