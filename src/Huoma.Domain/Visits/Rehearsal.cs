namespace Huoma.Domain.Visits;

/// <summary>沙盘推演: how many would come, how fast, and what they would do.</summary>
/// <param name="Every">From one visitor to the next.</param>
/// <param name="PressPercent">How many of a hundred press, spread evenly.</param>
/// <param name="OpenPages">How many pages are open at a time: a visitor presses when this many have come after him. What overshoots a threshold in a rush.</param>
public sealed record RehearsalPlan(int Visitors, DateTimeOffset StartsAt, TimeSpan Every, int PressPercent, int OpenPages)
{
    public const int MaxVisitors = 100_000;
    public const int MaxOpenPages = 5_000;
}

/// <summary>Consecutive visitors who would see the same.</summary>
/// <param name="First">Number of the first of them, counted from 1.</param>
/// <param name="LiveCodeId">The code that shows it: the one that was scanned, or the one it hands over to.</param>
/// <param name="SlotId">Null: 店小二已下班.</param>
public sealed record RehearsedRun(int First, int Last, DateTimeOffset From, DateTimeOffset To, LiveCodeId LiveCodeId, SlotId? SlotId, int Round, VisitReason Reason);

/// <summary>
/// 沙盘推演 (U6): lets so many new visitors come to the present set-up, through the very decisions real ones meet, and tells who would see what
/// from when on. Nothing is stored; the codes given are used up.
/// </summary>
public sealed class Rehearsal(LiveCodeVisits code, LiveCodeVisits? target, Calendar calendar)
{
    /// <summary>Codes that change with every other visitor would make a list that nobody reads.</summary>
    public const int MaxRuns = 500;

    private readonly Queue<(LiveCodeVisits Code, Press Press)> open = new();
    private readonly Queue<(LiveCodeVisits Code, long VisitorId, VisitOutcome.Qr Qr, DateTimeOffset Until)> leases = new();
    private readonly List<RehearsedRun> runs = [];

    /// <returns>In the order of arrival, at most <see cref="MaxRuns"/>.</returns>
    public IReadOnlyList<RehearsedRun> Run(RehearsalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        for (var number = 1; number <= plan.Visitors && runs.Count < MaxRuns; number++)
        {
            var moment = calendar.At(plan.StartsAt + (plan.Every * (number - 1)));
            ReturnSeats(moment.Now);
            while (open.Count > plan.OpenPages)
            {
                var (pressed, press) = open.Dequeue();
                pressed.Press(press with { At = moment.Now }, moment);
            }

            Come(number, Presses(number, plan.PressPercent), moment);
            if (plan.OpenPages == 0 && open.TryDequeue(out var now))
            {
                now.Code.Press(now.Press, moment);
            }
        }

        return runs;
    }

    // The real ones have numbers from 1 on.
    private void Come(int number, bool presses, Moment moment)
    {
        var visitorId = -number;
        var outcome = code.Scan(visitorId, 0, VisitClient.Other, moment, target);
        if (IsWelcome(outcome))
        {
            outcome = code.Enter(visitorId, 0, VisitClient.Other, moment, target);
        }

        var (shownBy, shown) = outcome is VisitOutcome.HandedOver handedOver && target is not null ? (target, handedOver.Outcome) : (code, outcome);
        var qr = shown as VisitOutcome.Qr;
        Note(number, moment.Now, shownBy, qr);
        if (qr is null)
        {
            return;
        }

        if (presses)
        {
            open.Enqueue((shownBy, new Press(visitorId, qr.Slot, qr.Round, shownBy == code ? 0 : -code.Id.Value, number, moment.Now)));
        }
        else if (shownBy.SeatLease is { } lease)
        {
            leases.Enqueue((shownBy, visitorId, qr, moment.Now + lease));
        }
    }

    private static bool IsWelcome(VisitOutcome outcome) => outcome is VisitOutcome.Welcome or VisitOutcome.HandedOver { Outcome: VisitOutcome.Welcome };

    private void Note(int number, DateTimeOffset at, LiveCodeVisits shownBy, VisitOutcome.Qr? qr)
    {
        var reason = (VisitReason)shownBy.NewVisits[^1].Reason;
        if (runs.Count > 0 && runs[^1] is var last && last.LiveCodeId == shownBy.Id && last.SlotId == qr?.Slot && last.Round == (qr?.Round ?? 0)
            && (qr is not null || last.Reason == reason))
        {
            runs[^1] = last with { Last = number, To = at };
            return;
        }

        runs.Add(new RehearsedRun(number, number, at, at, shownBy.Id, qr?.Slot, qr?.Round ?? 0, reason));
    }

    private void ReturnSeats(DateTimeOffset now)
    {
        while (leases.TryPeek(out var lease) && lease.Until <= now)
        {
            leases.Dequeue();
            lease.Code.ReturnSeat(lease.VisitorId, lease.Qr.Slot, lease.Qr.Round);
        }
    }

    // 30 of a hundred: the visitors at which the sum passes a whole number.
    private static bool Presses(int number, int percent) => (long)number * percent / 100 > (long)(number - 1) * percent / 100;
}
