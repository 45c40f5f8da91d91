namespace Huoma.Domain.Visits;

/// <summary>What a slot can do for a visitor now, as the console names it (F080).</summary>
public enum SlotStatus
{
    /// <summary>使用中: the next new visitor gets it.</summary>
    Serving = 1,

    /// <summary>待使用.</summary>
    Waiting = 2,

    /// <summary>已满: its threshold is reached, or every seat is taken.</summary>
    Full = 3,

    /// <summary>已过期.</summary>
    Expired = 4,

    /// <summary>停用.</summary>
    Off = 5,
}

/// <summary>A slot as the rotation sees it: its settings and how many have pressed in its present round.</summary>
/// <param name="pressVisitors">长按识别人数 of this round: distinct visitors.</param>
/// <param name="seatCap">按展示人数上限; null: no limit.</param>
/// <param name="lastRound">The highest round there ever was; null: the present one.</param>
/// <param name="seatsTaken">Seats of this round that are taken; of no meaning without a cap.</param>
/// <param name="membersLeft">How many more members its group takes (精准分流频率); null: nobody knows its members.</param>
public sealed class SlotState(
    SlotId id, int round, bool enabled, DateTimeOffset expiresAt, int threshold, long pressVisitors, int? seatCap = null, long seatsTaken = 0, int? lastRound = null,
    int? membersLeft = null)
{
    public SlotId Id { get; } = id;

    public int Round { get; private set; } = round;

    /// <summary>A picture that was taken back may have brought an earlier round with it: the next one is after the highest there ever was.</summary>
    public int LastRound { get; private set; } = Math.Max(lastRound ?? round, round);

    public bool Enabled { get; } = enabled;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public int Threshold { get; } = threshold;

    public long PressVisitors { get; private set; } = pressVisitors;

    public int? SeatCap { get; } = seatCap;

    public long SeatsTaken { get; private set; } = seatsTaken;

    /// <summary>Of a group a robot keeps: whoever joined counts, whether he pressed here or not (D4).</summary>
    public int? MembersLeft { get; } = membersLeft;

    /// <summary>Retired when the count reaches or passes the threshold (D5), when every seat is taken (U4), or when the group has its members (D4).</summary>
    public bool HasRoom => PlacesLeft > 0;

    /// <summary>How many new visitors it can still be shown to, can still press or can still join: the smallest one.</summary>
    public long PlacesLeft => Math.Max(
        0, Math.Min(Math.Min(Threshold - PressVisitors, SeatCap is { } cap ? cap - SeatsTaken : long.MaxValue), MembersLeft ?? long.MaxValue));

    /// <summary>On, and its picture has not run out at this instant (D16).</summary>
    public bool IsUsable(DateTimeOffset now) => Enabled && now < ExpiresAt;

    public void CountPressVisitor() => PressVisitors++;

    public void TakeSeat() => SeatsTaken++;

    public void ReturnSeat() => SeatsTaken--;

    /// <summary>循环利用: counts afresh (D14).</summary>
    public void BeginRound()
    {
        LastRound++;
        Round = LastRound;
        PressVisitors = 0;
        SeatsTaken = 0;
    }

    /// <summary>Tells the seats of this round when they were counted only after the slot was loaded.</summary>
    public void CountSeats(long taken) => SeatsTaken = taken;

    /// <summary>The status of each slot of one code, in their order.</summary>
    public static IReadOnlyList<SlotStatus> StatusesOf(IReadOnlyList<SlotState> slots, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(slots);
        var served = false;
        var statuses = new SlotStatus[slots.Count];
        for (var at = 0; at < slots.Count; at++)
        {
            statuses[at] = slots[at] switch
            {
                { Enabled: false } => SlotStatus.Off,
                var slot when !slot.IsUsable(now) => SlotStatus.Expired,
                { HasRoom: false } => SlotStatus.Full,
                _ => served ? SlotStatus.Waiting : SlotStatus.Serving,
            };
            served |= statuses[at] == SlotStatus.Serving;
        }

        return statuses;
    }
}
