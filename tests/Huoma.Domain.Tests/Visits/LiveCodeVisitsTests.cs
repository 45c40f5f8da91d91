using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

public sealed class LiveCodeVisitsTests
{
    [Fact]
    public void Scan_ShowsTheNextSlot_WhenTheThresholdIsReached()
    {
        var world = new World(new Slot(1, threshold: 2), new Slot(2, threshold: 1));

        var seen = new List<VisitOutcome>();
        for (var visitor = 1; visitor <= 4; visitor++)
        {
            seen.Add(world.Scan(visitor));
            world.Press(visitor, seen[^1]);
        }

        seen.ShouldBe([Qr(1), Qr(1), Qr(2), new VisitOutcome.OffDuty(OffDutyReason.AllFull)]);
    }

    [Fact]
    public void Scan_ShowsTheSlotSeenBefore_EvenWhenItIsFull()
    {
        var world = new World(new Slot(1, threshold: 1), new Slot(2, threshold: 1));
        world.Press(1, world.Scan(1));

        world.Scan(1).ShouldBe(Qr(1));
        world.Scan(2).ShouldBe(Qr(2));
    }

    [Fact]
    public void Scan_RebindsAndSaysSo_WhenTheSlotSeenBeforeIsOff()
    {
        var world = new World(new Slot(1, threshold: 9), new Slot(2, threshold: 9));
        world.Scan(1);
        world.Slots[0].Enabled = false;

        world.Scan(1).ShouldBe(Qr(2, isReplacement: true));

        // From now on the second is his, also when the first is back.
        world.Slots[0].Enabled = true;
        world.Scan(1).ShouldBe(Qr(2));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Scan_ShowsNothing_FromTheInstantOfExpiry(int seconds, bool isShown)
    {
        var world = new World(new Slot(1, threshold: 9));
        world.Now = world.Slots[0].ExpiresAt.AddSeconds(seconds);

        world.Scan(1).ShouldBe(isShown ? Qr(1) : new VisitOutcome.OffDuty(OffDutyReason.AllExpired));
    }

    [Fact]
    public void Scan_TellsWhyNobodyIsOnDuty()
    {
        var closed = new World(new Slot(1, threshold: 9)) { Status = LiveCodeStatus.Off };
        var empty = new World();
        var off = new World(new Slot(1, threshold: 9) { Enabled = false });

        closed.Scan(1).ShouldBe(new VisitOutcome.OffDuty(OffDutyReason.Closed));
        empty.Scan(1).ShouldBe(new VisitOutcome.OffDuty(OffDutyReason.NoSlot));
        off.Scan(1).ShouldBe(new VisitOutcome.OffDuty(OffDutyReason.NoSlot));
    }

    [Fact]
    public void Scan_GivesAnEarlierSlotAgain_WhenItsThresholdIsRaised()
    {
        var world = new World(new Slot(1, threshold: 1), new Slot(2, threshold: 9));
        world.Press(1, world.Scan(1));
        world.Scan(2).ShouldBe(Qr(2));

        world.Slots[0].Threshold = 2;

        world.Scan(3).ShouldBe(Qr(1));
    }

    [Fact]
    public void Enter_ChoosesAndCountsNoScan_AfterTheWelcomePage()
    {
        var world = new World(new Slot(1, threshold: 9)) { HasWelcomePage = true };

        world.Scan(1).ShouldBe(VisitOutcome.Welcome.Page);
        world.Enter(1).ShouldBe(Qr(1));

        (world.Total.Scans, world.Total.NewVisitors, world.Total.Shows).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Enter_MakesNoVisitorWhoNeverScanned()
    {
        var world = new World(new Slot(1, threshold: 9)) { HasWelcomePage = true };

        world.Enter(1);
        world.Scan(1);

        (world.Total.Scans, world.Total.NewVisitors).ShouldBe((1, 1));
    }

    [Fact]
    public void Press_AddsToTheSlotButNotToTheCodesPeople_WhenHeNeverScanned()
    {
        var world = new World(new Slot(1, threshold: 9)) { HasWelcomePage = true };

        world.Press(1, world.Enter(1)).ShouldBe(PressOutcome.Counted);

        (world.Total.NewPressers, world.Total.NewCodePressers, world.Total.NewVisitors).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void Peek_LeavesNoTrace()
    {
        var world = new World(new Slot(1, threshold: 9));

        world.Peek().ShouldBe(Qr(1));

        world.Log.ShouldBeEmpty();
        world.Total.Scans.ShouldBe(0);
    }

    [Fact]
    public void Press_CountsEventsAndPeople()
    {
        var world = new World(new Slot(1, threshold: 9));
        var page = world.Scan(1);

        for (var press = 0; press < 5; press++)
        {
            world.Press(1, page).ShouldBe(PressOutcome.Counted);
        }

        (world.Total.Presses, world.Total.NewPressers, world.Total.NewCodePressers).ShouldBe((5, 1, 1));
    }

    [Fact]
    public void Press_IsRefused_WhenTheSlotWasNeverShownToHim()
    {
        var world = new World(new Slot(1, threshold: 9));
        var page = world.Scan(1);

        world.Press(2, page).ShouldBe(PressOutcome.NeverShown);

        world.Total.Presses.ShouldBe(0);
    }

    [Fact]
    public void Press_CountsOnce_WhenItIsRepeated()
    {
        var world = new World(new Slot(1, threshold: 9));
        var page = world.Scan(1);

        world.Press(1, page, pressId: 77).ShouldBe(PressOutcome.Counted);
        world.Press(1, page, pressId: 77).ShouldBe(PressOutcome.Repeated);

        world.Total.Presses.ShouldBe(1);
    }

    [Fact]
    public void Press_IsRefused_WhenItIsAMachine()
    {
        var world = new World(new Slot(1, threshold: 9));
        var page = world.Scan(1);
        for (var press = 0; press < PressRules.MaxPerVisitor; press++)
        {
            world.Press(1, page);
        }

        world.Press(1, page).ShouldBe(PressOutcome.TooMany);
    }

    [Fact]
    public void Press_CountsForTheOldRound_WhenTheGroupWasReplacedMeanwhile()
    {
        var world = new World(new Slot(1, threshold: 1));
        var before = world.Scan(1);
        world.Slots[0].Round = 2;

        world.Press(1, before).ShouldBe(PressOutcome.Counted);

        world.PressVisitorsOf(world.Slots[0]).ShouldBe(0);
        world.Scan(2).ShouldBe(new VisitOutcome.Qr(new SlotId(1), 2, IsReplacement: false));
    }

    [Fact]
    public void Day_BeginsAtMidnightInShanghai()
    {
        var world = new World(new Slot(1, threshold: 9)) { Now = new DateTimeOffset(2026, 11, 22, 23, 59, 59, TimeSpan.FromHours(8)) };
        world.Press(1, world.Scan(1));
        world.Now = world.Now.AddSeconds(1);
        world.Press(1, world.Scan(1));
        world.Press(1, world.Scan(1));

        (world.Total.DayVisitors, world.Total.NewVisitors).ShouldBe((2, 1));
        (world.Total.DayShown, world.Total.NewShown).ShouldBe((2, 1));
        (world.Total.DayPressers, world.Total.NewPressers, world.Total.DayCodePressers).ShouldBe((2, 1, 2));
    }

    private static VisitOutcome.Qr Qr(long slot, bool isReplacement = false) => new(new SlotId(slot), 1, isReplacement);
}
