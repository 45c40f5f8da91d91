using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Tests.Visits;

/// <summary>
/// A live code and its store, as small as can be: every call is a batch of its own that loads what was saved, decides and saves.
/// </summary>
internal sealed class World(params World.SlotSetting[] slots)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    private static readonly Calendar Shanghai = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    private readonly LiveCodeId id = new(1);
    private readonly List<SlotVisitor> rows = [];
    private readonly HashSet<(long Visitor, long Press)> presses = [];
    private readonly Dictionary<(SlotId Slot, int Round), long> pressVisitors = [];
    private readonly Dictionary<(SlotId Slot, int Round), long> seatsTaken = [];
    private long nextPress = 1;

    public List<SlotSetting> Slots { get; } = [.. slots];

    public DateTimeOffset Now { get; set; } = Start;

    public LiveCodeStatus Status { get; set; } = LiveCodeStatus.On;

    public bool Sticky { get; set; } = true;

    public bool HasWelcomePage { get; set; }

    /// <summary>按展示人数上限; null: off.</summary>
    public int? SeatCap { get; set; }

    /// <summary>座位租约; null: a seat is kept for ever.</summary>
    public TimeSpan? SeatLease { get; set; }

    /// <summary>循环利用.</summary>
    public bool Recycle { get; set; }

    /// <summary>Everything that was counted, over all hours.</summary>
    public VisitCounts Total { get; } = new();

    public Dictionary<(SlotId Slot, int Round), VisitCounts> BySlot { get; } = [];

    /// <summary>Everything that was counted, by entrance.</summary>
    public Dictionary<long, VisitCounts> ByEntrance { get; } = [];

    public List<Visit> Log { get; } = [];

    public VisitOutcome Scan(long visitor, long channel = 0) => Batch(visitor, (visits, moment) => visits.Scan(visitor, channel, VisitClient.WeChatIos, moment));

    public VisitOutcome Enter(long visitor) => Batch(visitor, (visits, moment) => visits.Enter(visitor, 0, VisitClient.WeChatIos, moment));

    public VisitOutcome Peek() => Batch(0, (visits, moment) => visits.Peek(entered: false, moment));

    public PressOutcome Press(long visitor, VisitOutcome page, long? pressId = null, long channel = 0) => page is VisitOutcome.Qr qr
        ? Batch(visitor, (visits, moment) => visits.Press(new Press(visitor, qr.Slot, qr.Round, channel, pressId ?? nextPress++, moment.Now), moment))
        : PressOutcome.NeverShown;

    public long PressVisitorsOf(SlotSetting slot) => pressVisitors.GetValueOrDefault((slot.Id, slot.Round));

    public long SeatsTakenOf(SlotSetting slot) => seatsTaken.GetValueOrDefault((slot.Id, slot.Round));

    /// <summary>What is known of those who were shown this slot in its present round.</summary>
    public IEnumerable<SlotVisitor> ShownOf(SlotSetting slot) => rows.Where(row => row.IsAbout(slot.Id, slot.Round) && row.LastShownOn != 0);

    public SlotSetting? Find(SlotId slot) => Slots.Find(setting => setting.Id == slot);

    private T Batch<T>(long visitor, Func<LiveCodeVisits, Moment, T> act)
    {
        ReturnSeats();
        var states = Slots.ConvertAll(slot => new SlotState(
            slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold, PressVisitorsOf(slot), SeatCap, SeatsTakenOf(slot)));
        var visits = new LiveCodeVisits(id, new RotationRules(Status, IsDeleted: false, Sticky, HasWelcomePage, SeatLease, HandOver: null, Recycle), states);
        foreach (var row in rows.Where(row => row.VisitorId == visitor))
        {
            visits.Knows(row);
        }

        foreach (var (by, press) in presses.Where(press => press.Visitor == visitor))
        {
            visits.KnowsPress(by, press);
        }

        var result = act(visits, Shanghai.At(Now));
        Save(visits);
        return result;
    }

    // The seats of those who did not press in time go back before anything is decided.
    private void ReturnSeats()
    {
        foreach (var row in rows.Where(row => row.LeasedUntil > 0 && row.LeasedUntil <= Now.ToUnixTimeMilliseconds()))
        {
            row.LeasedUntil = SlotVisitor.SeatReturned;
            seatsTaken[(row.SlotId, row.Round)]--;
        }
    }

    private void Save(LiveCodeVisits visits)
    {
        foreach (var slot in visits.Slots.Where(slot => visits.EndedRounds.ContainsKey(slot.Id)))
        {
            Slots.Single(setting => setting.Id == slot.Id).Round = slot.Round;
        }

        foreach (var slot in visits.Slots.Where(slot => slot.SeatCap is not null))
        {
            seatsTaken[(slot.Id, slot.Round)] = slot.SeatsTaken;
        }

        rows.AddRange(visits.ChangedVisitors.Where(row => !rows.Contains(row)));
        presses.UnionWith(visits.NewPresses.Select(press => (press.VisitorId, press.PressId)));
        Log.AddRange(visits.NewVisits);
        foreach (var (key, counts) in visits.Counted)
        {
            Add(Total, counts);
            var slot = (key.SlotId, key.Round);
            pressVisitors[slot] = pressVisitors.GetValueOrDefault(slot) + counts.NewPressers;
            BySlot.TryAdd(slot, new VisitCounts());
            Add(BySlot[slot], counts);
            ByEntrance.TryAdd(key.ChannelId, new VisitCounts());
            Add(ByEntrance[key.ChannelId], counts);
        }
    }

    private static void Add(VisitCounts to, VisitCounts counts)
    {
        to.Scans += counts.Scans;
        to.NewVisitors += counts.NewVisitors;
        to.DayVisitors += counts.DayVisitors;
        to.Shows += counts.Shows;
        to.NewShown += counts.NewShown;
        to.DayShown += counts.DayShown;
        to.Presses += counts.Presses;
        to.NewPressers += counts.NewPressers;
        to.DayPressers += counts.DayPressers;
        to.NewCodePressers += counts.NewCodePressers;
        to.DayCodePressers += counts.DayCodePressers;
        to.EntranceNewVisitors += counts.EntranceNewVisitors;
        to.EntranceDayVisitors += counts.EntranceDayVisitors;
        to.EntranceNewPressers += counts.EntranceNewPressers;
        to.EntranceDayPressers += counts.EntranceDayPressers;
    }

    /// <summary>A slot as an operator set it.</summary>
    internal sealed class SlotSetting(long number, int threshold)
    {
        public SlotId Id { get; } = new(number);

        public int Round { get; set; } = 1;

        public bool Enabled { get; set; } = true;

        public DateTimeOffset ExpiresAt { get; set; } = Start.AddDays(7);

        public int Threshold { get; set; } = threshold;
    }
}
