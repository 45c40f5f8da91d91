using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Visits;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

/// <summary>For any sequence of scans, presses, new groups and steps of the clock, no group gets more people than its seats (U4).</summary>
public sealed class SeatProperties
{
    private const int Visitors = 8;
    private const int SlotCount = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(4);

    private sealed record Step(int Kind, int Visitor, int Slot, int Minutes)
    {
        public override string ToString() =>
            $"{(Kind switch { < 4 => "scan", 4 or 5 => "press", 6 => "clock", 7 => "new group", _ => "switch" })}({Visitor},{Slot},{Minutes})";
    }

    private static Arbitrary<Step[]> Steps { get; } =
        (from kind in Gen.Choose(0, 8)
         from visitor in Gen.Choose(1, Visitors)
         from slot in Gen.Choose(0, SlotCount - 1)
         from minutes in Gen.Choose(1, 5)
         select new Step(kind, visitor, slot, minutes)).ArrayOf().ToArbitrary();

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void AnySequence_ShowsNoSlotToMoreThanItsCap(int cap, bool sticky) => Check(cap, sticky, lease: null, (world, _) =>
    {
        foreach (var slot in world.Slots)
        {
            world.ShownOf(slot).Count().ShouldBeLessThanOrEqualTo(cap);
            world.SeatsTakenOf(slot).ShouldBe(world.ShownOf(slot).Count());
        }
    });

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void AnySequence_HoldsNoMoreSeatsThanTheCap_ButForPressesThatCameLate(int cap, bool sticky) => Check(cap, sticky, Lease, (world, late) =>
    {
        foreach (var slot in world.Slots)
        {
            var holders = world.ShownOf(slot).Where(row => row.HasSeat).ToList();
            world.SeatsTakenOf(slot).ShouldBe(holders.Count);
            holders.Count.ShouldBeLessThanOrEqualTo(cap + late.Count(press => press.Slot == slot.Id && press.Round == slot.Round));
            world.ShownOf(slot).ShouldAllBe(row => row.Presses == 0 || row.LeasedUntil == 0);
            world.PressVisitorsOf(slot).ShouldBeLessThanOrEqualTo(holders.Count);
        }
    });

    private static void Check(int cap, bool sticky, TimeSpan? lease, Action<World, HashSet<(long Visitor, SlotId Slot, int Round)>> assert) =>
        Prop.ForAll(Steps, steps =>
        {
            var run = new Run(cap, sticky, lease);
            foreach (var step in steps)
            {
                run.Take(step);
                assert(run.World, run.LatePresses);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100));

    private sealed class Run(int cap, bool sticky, TimeSpan? lease)
    {
        private readonly Dictionary<long, VisitOutcome> pages = [];

        // Thresholds far away: it is the seats that count.
        public World World { get; } = new([.. Enumerable.Range(1, SlotCount).Select(number => new Slot(number, threshold: 500))])
        {
            SeatCap = cap,
            SeatLease = lease,
            Sticky = sticky,
        };

        /// <summary>Who pressed when his seat had gone back.</summary>
        public HashSet<(long Visitor, SlotId Slot, int Round)> LatePresses { get; } = [];

        public void Take(Step step)
        {
            var slot = World.Slots[step.Slot];
            switch (step.Kind)
            {
                case < 4:
                    pages[step.Visitor] = World.Scan(step.Visitor);
                    break;
                case 4 or 5 when pages.TryGetValue(step.Visitor, out var page):
                    Press(step.Visitor, page);
                    break;
                case 6:
                    World.Now += TimeSpan.FromMinutes(step.Minutes);
                    break;
                case 7 when step.Minutes == 1:
                    slot.Round++;
                    break;
                case 8:
                    slot.Enabled = !slot.Enabled;
                    break;
                default:
                    break;
            }
        }

        private void Press(long visitor, VisitOutcome page)
        {
            var now = World.Now.ToUnixTimeMilliseconds();
            if (page is VisitOutcome.Qr qr && World.Find(qr.Slot) is { } slot && slot.Round == qr.Round
                && World.ShownOf(slot).Any(row => row.VisitorId == visitor && (!row.HasSeat || (row.LeasedUntil > 0 && row.LeasedUntil <= now))))
            {
                LatePresses.Add((visitor, qr.Slot, qr.Round));
            }

            World.Press(visitor, page);
        }
    }
}
