namespace Huoma.Domain.Visits;

/// <summary>
/// One live code while a batch of visits is decided: its rules, its slots and the visitors in the batch. Each call decides one
/// visit on the state the earlier ones left and notes what has to be saved. The one decision routine for both databases (spec E.1, E.2).
/// </summary>
/// <param name="presses">长按识别次数 of the whole code so far; of no meaning unless it hands over after presses.</param>
public sealed class LiveCodeVisits(LiveCodeId id, RotationRules rules, IReadOnlyList<SlotState> slots, long presses = 0)
{
    private readonly RotationRules rulesAsTarget = rules.AsTarget();
    private readonly Dictionary<long, List<SlotVisitor>> visitors = [];
    private readonly HashSet<(long Visitor, long Press)> knownPresses = [];

    public LiveCodeId Id { get; } = id;

    public IReadOnlyList<SlotState> Slots { get; } = slots;

    /// <inheritdoc cref="LiveCodeVisits" path="/param[@name='presses']"/>
    public long Presses { get; private set; } = presses;

    /// <summary>Seats go back to others unless they are pressed in time (U4).</summary>
    public bool SeatsAreLeased => SeatLease is not null;

    /// <inheritdoc cref="RotationRules" path="/param[@name='SeatLease']"/>
    public TimeSpan? SeatLease => rules.SeatLease;

    /// <summary>What has to be saved.</summary>
    public List<Visit> NewVisits { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public List<Press> NewPresses { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public HashSet<SlotVisitor> ChangedVisitors { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public Dictionary<CountKey, VisitCounts> Counted { get; } = [];

    /// <summary>循环利用: slots that began a new round, with the round they were in before (D14). To be saved, too.</summary>
    public Dictionary<SlotId, int> EndedRounds { get; } = [];

    /// <summary>The same code as it stands after this batch, with nothing to save and nobody in it yet.</summary>
    public LiveCodeVisits NextBatch() => new(Id, rules, Slots, Presses);

    /// <summary>Tells what the store knows of a visitor; to be called before his visit is decided, unless he is new.</summary>
    public void Knows(SlotVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.IsStored = true;
        RowsOf(visitor.VisitorId).Add(visitor);
    }

    /// <summary>Tells that a press is stored already.</summary>
    public void KnowsPress(long visitorId, long pressId) => knownPresses.Add((visitorId, pressId));

    /// <summary>A lease ran out: the seat is free again. The store has noted it; to be called after <see cref="Knows"/>, before anything is decided (U4).</summary>
    public void ReturnSeat(long visitorId, SlotId slotId, int round)
    {
        var row = new SlotVisitor(visitorId, slotId, round);
        SlotOf(row)?.ReturnSeat();
        if (visitors.TryGetValue(visitorId, out var rows) && rows.Find(known => known.IsAbout(slotId, round)) is { } his)
        {
            his.LeasedUntil = SlotVisitor.SeatReturned;
        }
    }

    /// <summary>A landing: counts one 扫码, and shows the QR, the welcome page or 店小二已下班, or what the code it hands over to shows.</summary>
    /// <param name="target">The code this one was known to hand over to when it was loaded.</param>
    public VisitOutcome Scan(long visitorId, long channelId, VisitClient client, Moment moment, LiveCodeVisits? target = null) =>
        Visit(new(VisitKind.Scan, visitorId, channelId, client), moment, rules, target);

    /// <summary>「点击入群」 on the welcome page: chooses and binds the slot, counts no scan (D9).</summary>
    /// <inheritdoc cref="Scan"/>
    public VisitOutcome Enter(long visitorId, long channelId, VisitClient client, Moment moment, LiveCodeVisits? target = null) =>
        Visit(new(VisitKind.Entry, visitorId, channelId, client), moment, rules, target);

    /// <summary>What a new visitor would see, without a trace: for HEAD, prefetch and preview robots.</summary>
    /// <inheritdoc cref="Scan"/>
    public VisitOutcome Peek(bool entered, Moment moment, LiveCodeVisits? target = null) => Peek(entered, moment, rules, target);

    /// <summary>A long press on a shown QR (D2): counted as an event each time, as a person once a slot and round.</summary>
    public PressOutcome Press(Press press, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(press);
        var rows = RowsOf(press.VisitorId);
        if (rows.Find(row => row.IsAbout(press.SlotId, press.Round) && row.LastShownOn != 0) is not { } row)
        {
            return PressOutcome.NeverShown;
        }

        if (knownPresses.Contains((press.VisitorId, press.PressId)))
        {
            return PressOutcome.Repeated;
        }

        if (row.Presses >= PressRules.MaxPerVisitor)
        {
            return PressOutcome.TooMany;
        }

        var entrance = EntranceRows.For(rows, press.VisitorId, press.ChannelId, ChangedVisitors);
        var counts = Count(row, press.ChannelId, moment);
        counts.Presses++;
        counts.NewPressers += row.Presses == 0 ? 1 : 0;
        counts.DayPressers += row.LastPressOn < moment.Day ? 1 : 0;

        // Who was sent the page behind the welcome page never scanned: the code's 长按识别人数 stays within its 扫码人数 without him (D2).
        if (rows.Exists(known => known.LastScanOn != 0))
        {
            var isNew = rows.TrueForAll(known => known.Presses == 0);
            var isFirstToday = rows.TrueForAll(known => known.LastPressOn < moment.Day);
            counts.NewCodePressers += isNew ? 1 : 0;
            counts.DayCodePressers += isFirstToday ? 1 : 0;
            counts.EntranceNewPressers += entrance is null ? isNew ? 1 : 0 : entrance is { LastScanOn: not 0, Presses: 0 } ? 1 : 0;
            counts.EntranceDayPressers += entrance is null ? isFirstToday ? 1 : 0 : entrance.LastScanOn != 0 && entrance.LastPressOn < moment.Day ? 1 : 0;
        }

        CountPresser(row);
        Presses++;
        EntranceRows.NotePress(entrance, moment, ChangedVisitors);
        row.Presses++;
        row.LastPressOn = Math.Max(row.LastPressOn, moment.Day);
        ChangedVisitors.Add(row);
        knownPresses.Add((press.VisitorId, press.PressId));
        NewPresses.Add(press);
        return PressOutcome.Counted;
    }

    private void CountPresser(SlotVisitor row)
    {
        var slot = SlotOf(row);
        if (row.Presses == 0)
        {
            slot?.CountPressVisitor();
        }

        // He is in the group: the seat is his, even when it had gone back already.
        if (slot is { SeatCap: not null } && !row.HasSeat)
        {
            slot.TakeSeat();
        }

        row.LeasedUntil = 0;
    }

    private VisitOutcome Visit(Arrival arrival, Moment moment, RotationRules by, LiveCodeVisits? target)
    {
        var rows = RowsOf(arrival.VisitorId);
        var decision = SlotRotation.Decide(by, Slots, Presses, rows.Find(row => row.IsBound), moment.Now);
        if (decision is RotationDecision.HandOver go && go.TargetId != target?.Id)
        {
            return VisitOutcome.AskAgain.Now;
        }

        var welcomes = arrival.Kind == VisitKind.Scan && rules.HasWelcomePage && decision is RotationDecision.Show;
        var row = !welcomes && decision is RotationDecision.Show show
            ? Show(rows, arrival, show, moment)
            : RowFor(rows, arrival.VisitorId, SlotVisitor.NoSlot, 0);
        if (arrival.Kind == VisitKind.Scan)
        {
            CountScan(rows, row, arrival, moment);
        }

        Note(arrival, row, decision, welcomes, moment);
        return decision is RotationDecision.HandOver && target is not null
            ? new VisitOutcome.HandedOver(target.Id, target.Visit(arrival with { ChannelId = -Id.Value }, moment, target.rulesAsTarget, target: null))
            : Outcome(decision, welcomes);
    }

    private VisitOutcome Peek(bool entered, Moment moment, RotationRules by, LiveCodeVisits? target)
    {
        var decision = SlotRotation.Decide(by, Slots, Presses, boundTo: null, moment.Now);
        if (decision is not RotationDecision.HandOver go)
        {
            return Outcome(decision, welcomes: rules.HasWelcomePage && !entered && decision is RotationDecision.Show);
        }

        return go.TargetId == target?.Id
            ? new VisitOutcome.HandedOver(go.TargetId, target.Peek(entered, moment, target.rulesAsTarget, target: null))
            : VisitOutcome.AskAgain.Now;
    }

    private void CountScan(List<SlotVisitor> rows, SlotVisitor row, Arrival arrival, Moment moment)
    {
        var entrance = EntranceRows.For(rows, arrival.VisitorId, arrival.ChannelId, ChangedVisitors);
        var isNew = rows.TrueForAll(known => known.LastScanOn == 0);
        var isFirstToday = rows.TrueForAll(known => known.LastScanOn < moment.Day);
        var counts = Count(row, arrival.ChannelId, moment);
        counts.CountScan(arrival.Client);
        counts.NewVisitors += isNew ? 1 : 0;
        counts.DayVisitors += isFirstToday ? 1 : 0;
        counts.EntranceNewVisitors += entrance is null ? isNew ? 1 : 0 : entrance.LastScanOn == 0 ? 1 : 0;
        counts.EntranceDayVisitors += entrance is null ? isFirstToday ? 1 : 0 : entrance.LastScanOn < moment.Day ? 1 : 0;
        if (row.LastScanOn < moment.Day)
        {
            row.LastScanOn = moment.Day;
            ChangedVisitors.Add(row);
        }

        EntranceRows.NoteScan(entrance, moment, ChangedVisitors);
    }

    private SlotVisitor Show(List<SlotVisitor> rows, Arrival arrival, RotationDecision.Show show, Moment moment)
    {
        if (show.Reason == ShowReason.NextRound)
        {
            BeginRounds(moment.Now);
        }

        var row = RowFor(rows, arrival.VisitorId, show.Slot.Id, show.Slot.Round);
        var counts = Count(row, arrival.ChannelId, moment);
        counts.Shows++;
        counts.NewShown += row.LastShownOn == 0 ? 1 : 0;
        counts.DayShown += row.LastShownOn < moment.Day ? 1 : 0;
        if (show.Slot.SeatCap is not null)
        {
            Seat(row, show.Slot, moment);
        }

        if (row.LastShownOn < moment.Day)
        {
            row.LastShownOn = moment.Day;
            ChangedVisitors.Add(row);
        }

        Bind(rows, row);
        return row;
    }

    private void BeginRounds(DateTimeOffset now)
    {
        foreach (var slot in Slots)
        {
            if (slot.IsUsable(now) && !slot.HasRoom)
            {
                EndedRounds.TryAdd(slot.Id, slot.Round);
                slot.BeginRound();
            }
        }
    }

    // Each look at the page begins its lease anew, for the page counts from when it was loaded; a press made the seat his (U4).
    private void Seat(SlotVisitor row, SlotState slot, Moment moment)
    {
        if (!row.HasSeat)
        {
            slot.TakeSeat();
        }
        else if (row.LeasedUntil == 0)
        {
            return;
        }

        row.LeasedUntil = rules.SeatLease is { } lease && row.Presses == 0 ? (moment.Now + lease).ToUnixTimeMilliseconds() : 0;
        ChangedVisitors.Add(row);
    }

    // The binding follows what was shown last, so that switching 防重复 on later binds everybody to the group he knows.
    private void Bind(List<SlotVisitor> rows, SlotVisitor shown)
    {
        foreach (var row in rows)
        {
            if (row.IsBound != (row == shown))
            {
                row.IsBound = row == shown;
                ChangedVisitors.Add(row);
            }
        }
    }

    private void Note(Arrival arrival, SlotVisitor row, RotationDecision decision, bool welcomes, Moment moment)
    {
        var reason = decision switch
        {
            _ when welcomes => Visits.Visit.WelcomeReason,
            RotationDecision.Show show => (int)show.Reason,
            RotationDecision.OffDuty offDuty => (int)offDuty.Reason,
            RotationDecision.HandOver handOver => Visits.Visit.HandOverReason + (int)handOver.When,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        NewVisits.Add(new Visit(arrival.Kind, arrival.VisitorId, arrival.ChannelId, arrival.Client, row.SlotId, row.Round, reason, moment.Now));
    }

    private static VisitOutcome Outcome(RotationDecision decision, bool welcomes) => decision switch
    {
        RotationDecision.Show when welcomes => VisitOutcome.Welcome.Page,
        RotationDecision.Show show => new VisitOutcome.Qr(show.Slot.Id, show.Slot.Round, show.Reason == ShowReason.Rebound),
        RotationDecision.OffDuty offDuty => new VisitOutcome.OffDuty(offDuty.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private VisitCounts Count(SlotVisitor row, long channelId, Moment moment)
    {
        var key = new CountKey(Id, moment.Hour, channelId, row.SlotId, row.Round);
        if (!Counted.TryGetValue(key, out var counts))
        {
            Counted.Add(key, counts = new VisitCounts());
        }

        return counts;
    }

    private SlotState? SlotOf(SlotVisitor row)
    {
        foreach (var slot in Slots)
        {
            if (row.IsAbout(slot.Id, slot.Round))
            {
                return slot;
            }
        }

        return null;
    }

    private List<SlotVisitor> RowsOf(long visitorId)
    {
        if (!visitors.TryGetValue(visitorId, out var rows))
        {
            visitors.Add(visitorId, rows = []);
        }

        return rows;
    }

    private static SlotVisitor RowFor(List<SlotVisitor> rows, long visitorId, SlotId slotId, int round)
    {
        if (rows.Find(row => row.IsAbout(slotId, round)) is { } known)
        {
            return known;
        }

        var row = new SlotVisitor(visitorId, slotId, round);
        rows.Add(row);
        return row;
    }

    /// <summary>Who comes, through which entrance, with what.</summary>
    private readonly record struct Arrival(VisitKind Kind, long VisitorId, long ChannelId, VisitClient Client);
}
