namespace Huoma.Domain.Visits;

/// <summary>
/// One live code while a batch of visits is decided: its rules, its slots and the visitors in the batch. Each call decides one
/// visit on the state the earlier ones left and notes what has to be saved. The one decision routine for both databases (spec E.1, E.2).
/// </summary>
public sealed class LiveCodeVisits(LiveCodeId id, RotationRules rules, IReadOnlyList<SlotState> slots)
{
    private readonly Dictionary<long, List<SlotVisitor>> visitors = [];
    private readonly HashSet<(long Visitor, long Press)> knownPresses = [];

    public LiveCodeId Id { get; } = id;

    public IReadOnlyList<SlotState> Slots { get; } = slots;

    /// <summary>Seats go back to others unless they are pressed in time (U4).</summary>
    public bool SeatsAreLeased => rules.SeatLease is not null;

    /// <summary>What has to be saved.</summary>
    public List<Visit> NewVisits { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public List<Press> NewPresses { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public HashSet<SlotVisitor> ChangedVisitors { get; } = [];

    /// <inheritdoc cref="NewVisits"/>
    public Dictionary<CountKey, VisitCounts> Counted { get; } = [];

    /// <summary>The same code as it stands after this batch, with nothing to save and nobody in it yet.</summary>
    public LiveCodeVisits NextBatch() => new(Id, rules, Slots);

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

    /// <summary>A landing: counts one 扫码, and shows the QR, the welcome page or 店小二已下班.</summary>
    public VisitOutcome Scan(long visitorId, long channelId, VisitClient client, Moment moment)
    {
        var rows = RowsOf(visitorId);
        var decision = Decide(rows, moment);
        var welcomes = rules.HasWelcomePage && decision is RotationDecision.Show;
        var row = welcomes || decision is not RotationDecision.Show show ? RowFor(rows, visitorId, SlotVisitor.NoSlot, 0) : Show(rows, visitorId, channelId, show, moment);

        var counts = Count(row, channelId, moment);
        counts.Scans++;
        counts.NewVisitors += rows.TrueForAll(known => known.LastScanOn == 0) ? 1 : 0;
        counts.DayVisitors += rows.TrueForAll(known => known.LastScanOn < moment.Day) ? 1 : 0;
        if (row.LastScanOn < moment.Day)
        {
            row.LastScanOn = moment.Day;
            ChangedVisitors.Add(row);
        }

        return Noted(VisitKind.Scan, visitorId, channelId, client, row, decision, welcomes, moment);
    }

    /// <summary>「点击入群」 on the welcome page: chooses and binds the slot, counts no scan (D9).</summary>
    public VisitOutcome Enter(long visitorId, long channelId, VisitClient client, Moment moment)
    {
        var rows = RowsOf(visitorId);
        var decision = Decide(rows, moment);
        var row = decision is RotationDecision.Show show ? Show(rows, visitorId, channelId, show, moment) : RowFor(rows, visitorId, SlotVisitor.NoSlot, 0);
        return Noted(VisitKind.Entry, visitorId, channelId, client, row, decision, welcomes: false, moment);
    }

    /// <summary>What a new visitor would see, without a trace: for HEAD, prefetch and preview robots.</summary>
    public VisitOutcome Peek(bool entered, Moment moment)
    {
        var decision = SlotRotation.Decide(rules, Slots, boundTo: null, moment.Now);
        return Outcome(decision, welcomes: rules.HasWelcomePage && !entered && decision is RotationDecision.Show);
    }

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

        var counts = Count(row, press.ChannelId, moment);
        counts.Presses++;
        counts.NewPressers += row.Presses == 0 ? 1 : 0;
        counts.DayPressers += row.LastPressOn < moment.Day ? 1 : 0;

        // Who was sent the page behind the welcome page never scanned: the code's 长按识别人数 stays within its 扫码人数 without him (D2).
        if (rows.Exists(known => known.LastScanOn != 0))
        {
            counts.NewCodePressers += rows.TrueForAll(known => known.Presses == 0) ? 1 : 0;
            counts.DayCodePressers += rows.TrueForAll(known => known.LastPressOn < moment.Day) ? 1 : 0;
        }

        CountPresser(row);
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

    private RotationDecision Decide(List<SlotVisitor> rows, Moment moment) =>
        SlotRotation.Decide(rules, Slots, rows.Find(row => row.IsBound), moment.Now);

    private SlotVisitor Show(List<SlotVisitor> rows, long visitorId, long channelId, RotationDecision.Show show, Moment moment)
    {
        var row = RowFor(rows, visitorId, show.Slot.Id, show.Slot.Round);
        var counts = Count(row, channelId, moment);
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

    private VisitOutcome Noted(
        VisitKind kind, long visitorId, long channelId, VisitClient client, SlotVisitor row, RotationDecision decision, bool welcomes, Moment moment)
    {
        var reason = decision switch
        {
            _ when welcomes => Visit.WelcomeReason,
            RotationDecision.Show show => (int)show.Reason,
            RotationDecision.OffDuty offDuty => (int)offDuty.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        NewVisits.Add(new Visit(kind, visitorId, channelId, client, row.SlotId, row.Round, reason, moment.Now));
        return Outcome(decision, welcomes);
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
}
