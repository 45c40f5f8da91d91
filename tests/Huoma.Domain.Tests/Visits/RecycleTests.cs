using Huoma.Domain.Visits;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

public sealed class RecycleTests
{
    [Theory]
    [InlineData(true, 1L)]
    [InlineData(false, null)]
    public void Scan_BeginsWithTheFirstCardAgain_OnlyWhenRecycling(bool recycle, long? seventh)
    {
        var world = ThreeCards(recycle);

        var seen = Enumerable.Range(1, 7).Select(visitor => ScanAndPress(world, visitor)).ToList();

        seen.ShouldBe([1L, 1L, 2L, 2L, 3L, 3L, seventh]);
    }

    [Fact]
    public void Scan_GoesRoundAndRound_WhileLifetimeCountsGoOn()
    {
        var world = ThreeCards(recycle: true);

        for (var visitor = 1; visitor <= 18; visitor++)
        {
            ScanAndPress(world, visitor).ShouldBe((((visitor - 1) / 2) % 3) + 1);
        }

        world.Slots.ShouldAllBe(slot => slot.Round == 3 && world.PressVisitorsOf(slot) == 2);
        world.Total.NewCodePressers.ShouldBe(18);
    }

    [Fact]
    public void Scan_LeavesCardsAlone_ThatAreOffOrExpired_WhenARoundBegins()
    {
        var world = ThreeCards(recycle: true);
        world.Slots[0].Enabled = false;
        world.Slots[2].ExpiresAt = World.Start;

        var seen = Enumerable.Range(1, 3).Select(visitor => ScanAndPress(world, visitor)).ToList();

        seen.ShouldBe([2L, 2L, 2L]);
        world.Slots.ConvertAll(slot => slot.Round).ShouldBe([1, 2, 1]);
    }

    [Fact]
    public void Scan_KeepsAVisitorsCard_ThroughTheRounds()
    {
        var world = ThreeCards(recycle: true);
        for (var visitor = 1; visitor <= 8; visitor++)
        {
            ScanAndPress(world, visitor);
        }

        ScanAndPress(world, 3).ShouldBe(2L);
        world.Total.NewCodePressers.ShouldBe(8);
    }

    [Fact]
    public void Peek_ShowsTheNextRound_AndBeginsNone()
    {
        var world = ThreeCards(recycle: true);
        for (var visitor = 1; visitor <= 6; visitor++)
        {
            ScanAndPress(world, visitor);
        }

        world.Peek().ShouldBeOfType<VisitOutcome.Qr>().Slot.ShouldBe(new SlotId(1));
        world.Slots.ShouldAllBe(slot => slot.Round == 1);
    }

    [Fact]
    public void Scan_BeginsARoundWithFreshSeats_WhenEverySeatIsTaken()
    {
        var world = new World(new Slot(1, threshold: 9), new Slot(2, threshold: 9)) { Recycle = true, SeatCap = 1 };

        var seen = Enumerable.Range(1, 5).Select(visitor => (world.Scan(visitor) as VisitOutcome.Qr)?.Slot.Value).ToList();

        seen.ShouldBe([1L, 2L, 1L, 2L, 1L]);
        world.Slots.ConvertAll(slot => slot.Round).ShouldBe([3, 3]);
        world.Slots.ConvertAll(world.SeatsTakenOf).ShouldBe([1, 0]);
    }

    private static World ThreeCards(bool recycle) => new(new Slot(1, threshold: 2), new Slot(2, threshold: 2), new Slot(3, threshold: 2)) { Recycle = recycle };

    private static long? ScanAndPress(World world, long visitor)
    {
        var page = world.Scan(visitor);
        world.Press(visitor, page);
        return (page as VisitOutcome.Qr)?.Slot.Value;
    }
}
