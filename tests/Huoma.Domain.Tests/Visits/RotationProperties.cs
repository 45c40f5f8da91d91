using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Visits;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

/// <summary>For any sequence of scans, presses, edits and steps of the clock, the invariants of spec E hold.</summary>
public sealed class RotationProperties
{
    private const int Visitors = 6;
    private const int SlotCount = 3;

    /// <summary>One thing that happens; the numbers choose whom and what it is about.</summary>
    private sealed record Step(int Kind, int Visitor, int Slot, int Amount)
    {
        public override string ToString() => $"{(Kind switch { 0 or 1 => "scan", 2 or 3 => "press", 4 => "threshold", 5 => "switch", 6 => "new picture", _ => "clock" })}({Visitor},{Slot},{Amount})";
    }

    private static Arbitrary<Step[]> Steps { get; } =
        (from kind in Gen.Choose(0, 8)
         from visitor in Gen.Choose(1, Visitors)
         from slot in Gen.Choose(0, SlotCount - 1)
         from amount in Gen.Choose(1, 4)
         select new Step(kind, visitor, slot, amount)).ArrayOf().ToArbitrary();

    [Fact]
    public void AnySequence_KeepsTheCountsTrue() => Check(sticky: false, run =>
    {
        var total = run.World.Total;
        total.Scans.ShouldBe(run.Scans);
        total.NewVisitors.ShouldBe(run.Pages.Keys.Count);
        total.Presses.ShouldBe(run.Presses);
        total.NewPressers.ShouldBe(run.Pressed.Count);
        total.NewCodePressers.ShouldBe(run.Pressed.Select(pressed => pressed.Visitor).Distinct().Count());
        total.NewCodePressers.ShouldBeLessThanOrEqualTo(total.NewVisitors);
        run.World.Log.Count.ShouldBe(run.Scans);
        foreach (var ((slot, round), counts) in run.World.BySlot)
        {
            counts.NewPressers.ShouldBe(run.Pressed.Count(pressed => pressed.Slot == slot && pressed.Round == round));
            counts.NewPressers.ShouldBeLessThanOrEqualTo(counts.NewShown);
        }
    });

    [Fact]
    public void AnySequence_NeverShowsASlotThatIsOffOrExpired() => Check(sticky: true, run => run.Broken.ShouldBeEmpty());

    private static void Check(bool sticky, Action<Run> assert) => Prop.ForAll(Steps, steps =>
    {
        var run = new Run(sticky);
        foreach (var step in steps)
        {
            run.Take(step);
        }

        assert(run);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(120));

    /// <summary>Plays the steps and writes down, in its own simple way, what should have been counted.</summary>
    private sealed class Run(bool sticky)
    {
        public World World { get; } = new([.. Enumerable.Range(1, SlotCount).Select(number => new Slot(number, threshold: 2))]) { Sticky = sticky };

        public int Scans { get; private set; }

        public int Presses { get; private set; }

        public Dictionary<long, VisitOutcome> Pages { get; } = [];

        public HashSet<(long Visitor, SlotId Slot, int Round)> Pressed { get; } = [];

        /// <summary>What went against a rule, in words.</summary>
        public List<string> Broken { get; } = [];

        public void Take(Step step)
        {
            var slot = World.Slots[step.Slot];
            switch (step.Kind)
            {
                case 0 or 1:
                    Scan(step.Visitor);
                    break;
                case 2 or 3 when Pages.TryGetValue(step.Visitor, out var page) && page is VisitOutcome.Qr qr:
                    World.Press(step.Visitor, page).ShouldBe(PressOutcome.Counted);
                    Presses++;
                    Pressed.Add((step.Visitor, qr.Slot, qr.Round));
                    break;
                case 4:
                    slot.Threshold = step.Amount;
                    break;
                case 5:
                    slot.Enabled = !slot.Enabled;
                    break;
                case 6:
                    slot.ExpiresAt = World.Now.AddDays(step.Amount);
                    slot.Round += step.Amount % 2;
                    break;
                case > 6:
                    World.Now = World.Now.AddHours(step.Amount * 11);
                    break;
                default:
                    break;
            }
        }

        private void Scan(long visitor)
        {
            var before = Pages.GetValueOrDefault(visitor) as VisitOutcome.Qr;
            var wasFirst = World.Slots.Find(slot => IsUsable(slot) && World.PressVisitorsOf(slot) < slot.Threshold);
            var outcome = World.Scan(visitor);
            Scans++;
            if (outcome is not VisitOutcome.OffDuty || !Pages.ContainsKey(visitor))
            {
                Pages[visitor] = outcome;
            }

            if (outcome is VisitOutcome.Qr qr)
            {
                Judge(visitor, qr, before, wasFirst);
            }
            else if (wasFirst is not null)
            {
                Broken.Add($"{visitor} was turned away while {wasFirst.Id.Value} had room");
            }
        }

        private void Judge(long visitor, VisitOutcome.Qr shown, VisitOutcome.Qr? before, Slot? first)
        {
            if (World.Find(shown.Slot) is not { } slot || !IsUsable(slot) || slot.Round != shown.Round)
            {
                Broken.Add($"{visitor} saw {shown.Slot.Value}, which is not to be shown");
            }

            var isBound = sticky && before is not null && World.Find(before.Slot) is { } bound && IsUsable(bound);
            var expected = isBound ? before!.Slot : first?.Id;
            if (shown.Slot != expected)
            {
                Broken.Add($"{visitor} saw {shown.Slot.Value} instead of {expected?.Value}");
            }
        }

        private bool IsUsable(Slot slot) => slot.Enabled && World.Now < slot.ExpiresAt;
    }
}
