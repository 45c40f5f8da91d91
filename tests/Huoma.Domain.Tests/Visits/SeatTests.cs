using Huoma.Domain.Visits;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

/// <summary>按展示人数上限 and 座位租约 (U4).</summary>
public sealed class SeatTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Fact]
    public void Scan_ShowsTheNextSlot_WhenEverySeatIsTaken()
    {
        var world = Make(cap: 2);

        var seen = Enumerable.Range(1, 5).Select(visitor => world.Scan(visitor));

        // Nobody has pressed: without the cap, all five would have been sent to the first.
        seen.ShouldBe([Qr(1), Qr(1), Qr(2), Qr(2), new VisitOutcome.OffDuty(OffDutyReason.AllFull)]);
    }

    [Fact]
    public void Scan_StillGoesByTheThreshold_WhenItIsReachedFirst()
    {
        var world = new World(new Slot(1, threshold: 1), new Slot(2, threshold: 9)) { SeatCap = 5 };
        world.Press(1, world.Scan(1));

        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Scan_TakesOneSeat_HoweverOftenHeComes()
    {
        var world = Make(cap: 2);

        world.Scan(1);
        world.Scan(1);
        world.Press(1, world.Scan(1));

        world.SeatsTakenOf(world.Slots[0]).ShouldBe(1);
    }

    [Fact]
    public void Scan_ShowsTheSlotSeenBefore_EvenWhenEverySeatIsTaken()
    {
        var world = Make(cap: 1);
        world.Scan(1);

        world.Scan(2).ShouldBe(Qr(2));
        world.Scan(1).ShouldBe(Qr(1));
    }

    [Fact]
    public void Scan_TakesNoSeat_OnTheWelcomePage()
    {
        var world = Make(cap: 1);
        world.HasWelcomePage = true;

        world.Scan(1).ShouldBe(VisitOutcome.Welcome.Page);
        world.SeatsTakenOf(world.Slots[0]).ShouldBe(0);

        world.Enter(2).ShouldBe(Qr(1));
        world.Enter(1).ShouldBe(Qr(2));
    }

    [Fact]
    public void Peek_TakesNoSeat()
    {
        var world = Make(cap: 1);

        world.Peek().ShouldBe(Qr(1));

        world.SeatsTakenOf(world.Slots[0]).ShouldBe(0);
    }

    [Fact]
    public void Scan_ShowsANewGroupToAllAfresh()
    {
        var world = Make(cap: 1);
        world.Scan(1);
        world.Slots[0].Round = 2;

        world.Scan(2).ShouldBe(new VisitOutcome.Qr(new SlotId(1), 2, IsReplacement: false));

        // His seat was one in the group before; in this one there is none left.
        world.Scan(1).ShouldBe(Qr(2, isReplacement: true));
    }

    [Fact]
    public void Scan_ShowsTheSlotAgain_WhenTheCapIsRaised()
    {
        var world = Make(cap: 1);
        world.Scan(1);
        world.Scan(2).ShouldBe(Qr(2));

        world.SeatCap = 2;

        world.Scan(3).ShouldBe(Qr(1));
    }

    [Fact]
    public void Scan_StaysWithWhoHasASeat_WhenTheCapIsLowered()
    {
        var world = Make(cap: 3);
        world.Scan(1);
        world.Scan(2);

        world.SeatCap = 1;

        world.Scan(1).ShouldBe(Qr(1));
        world.Scan(3).ShouldBe(Qr(2));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 1)]
    public void Seat_GoesBack_WhenTheLeaseRunsOut(int milliseconds, int slot)
    {
        var world = Make(cap: 1, Lease);
        world.Scan(1);
        world.Now += Lease + TimeSpan.FromMilliseconds(milliseconds);

        world.Scan(2).ShouldBe(Qr(slot));
    }

    [Fact]
    public void Seat_IsHisForEver_WithoutALease()
    {
        var world = Make(cap: 1);
        world.Scan(1);
        world.Now += TimeSpan.FromDays(1);

        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Seat_IsHisForEver_OnceHeHasPressed()
    {
        var world = Make(cap: 1, Lease);
        world.Press(1, world.Scan(1));
        world.Now += Lease;
        world.Scan(1).ShouldBe(Qr(1));
        world.Now += Lease * 2;

        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Seat_IsKeptAnew_WithEachLook()
    {
        var world = Make(cap: 1, Lease);
        world.Scan(1);
        world.Now += Lease / 2;
        world.Scan(1);
        world.Now += Lease * 0.75;

        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Seat_ThatWentBack_IsTakenAgain_WhenThereIsRoom()
    {
        var world = Make(cap: 1, Lease);
        world.Scan(1);
        world.Now += Lease;

        world.Scan(1).ShouldBe(Qr(1));

        world.SeatsTakenOf(world.Slots[0]).ShouldBe(1);
        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Seat_ThatWentBack_LeadsToAnotherSlot_WhenItWasTaken()
    {
        var world = Make(cap: 1, Lease);
        world.Scan(1);
        world.Now += Lease;
        world.Scan(2).ShouldBe(Qr(1));

        world.Scan(1).ShouldBe(Qr(2, isReplacement: true));
    }

    [Fact]
    public void Press_TakesTheSeat_EvenWhenItHadGoneBack()
    {
        var world = Make(cap: 1, Lease);
        var late = world.Scan(1);
        world.Now += Lease;
        world.Press(2, world.Scan(2));

        world.Press(1, late).ShouldBe(PressOutcome.Counted);

        // Both are in the group; that is one more than the cap, and nobody else comes.
        world.SeatsTakenOf(world.Slots[0]).ShouldBe(2);
        world.Scan(1).ShouldBe(Qr(1));
        world.Scan(3).ShouldBe(Qr(2));
    }

    [Fact]
    public void Press_KeepsTheSeat_ThatALeaseHeld()
    {
        var world = Make(cap: 2, Lease);
        var page = world.Scan(1);

        world.Press(1, page);
        world.Press(1, page);

        world.SeatsTakenOf(world.Slots[0]).ShouldBe(1);
        world.ShownOf(world.Slots[0]).ShouldHaveSingleItem().LeasedUntil.ShouldBe(0);
    }

    private static World Make(int cap, TimeSpan? lease = null) =>
        new(new Slot(1, threshold: 9), new Slot(2, threshold: 9)) { SeatCap = cap, SeatLease = lease };

    private static VisitOutcome.Qr Qr(long slot, bool isReplacement = false) => new(new SlotId(slot), 1, isReplacement);
}
