using FsCheck;
using FsCheck.Fluent;
using Slot = Huoma.Domain.Tests.Visits.World.SlotSetting;

namespace Huoma.Domain.Tests.Visits;

/// <summary>Whoever comes through whichever entrances on whichever days: each entrance counts him once ever and once a day (D1, F169).</summary>
public sealed class EntranceProperties
{
    private static readonly long[] Channels = [0, 5, 6];

    private sealed record Step(int Visitor, int Channel, bool Presses, bool NextDay);

    private static Arbitrary<Step[]> Steps { get; } =
        (from visitor in Gen.Choose(1, 4)
         from channel in Gen.Choose(0, Channels.Length - 1)
         from presses in Gen.Elements(true, false)
         from nextDay in Gen.Elements(true, false, false, false)
         select new Step(visitor, channel, presses, nextDay)).ArrayOf().ToArbitrary();

    [Fact]
    public void AnySequence_CountsEachVisitorOnceAnEntrance() => Prop.ForAll(Steps, steps =>
    {
        var world = new World(new Slot(1, threshold: 500));
        world.Slots[0].ExpiresAt = World.Start.AddYears(9);
        var scanned = new List<(long Channel, long Visitor, DateTimeOffset Day)>();
        var pressed = new List<(long Channel, long Visitor, DateTimeOffset Day)>();
        foreach (var step in steps)
        {
            world.Now += TimeSpan.FromDays(step.NextDay ? 1 : 0);
            var (channel, visitor) = (Channels[step.Channel], (long)step.Visitor);
            var page = world.Scan(visitor, channel);
            scanned.Add((channel, visitor, world.Now));
            if (step.Presses)
            {
                world.Press(visitor, page, channel: channel);
                pressed.Add((channel, visitor, world.Now));
            }
        }

        foreach (var channel in Channels.Where(world.ByEntrance.ContainsKey))
        {
            var counts = world.ByEntrance[channel];
            var scans = scanned.Where(scan => scan.Channel == channel).ToList();
            var presses = pressed.Where(press => press.Channel == channel).ToList();
            counts.Scans.ShouldBe(scans.Count);
            counts.EntranceNewVisitors.ShouldBe(scans.Select(scan => scan.Visitor).Distinct().Count());
            counts.EntranceDayVisitors.ShouldBe(scans.Distinct().Count());
            counts.Presses.ShouldBe(presses.Count);
            counts.EntranceNewPressers.ShouldBe(presses.Select(press => press.Visitor).Distinct().Count());
            counts.EntranceDayPressers.ShouldBe(presses.Distinct().Count());
        }

        world.Total.NewVisitors.ShouldBe(scanned.Select(scan => scan.Visitor).Distinct().Count());
        world.Total.NewCodePressers.ShouldBe(pressed.Select(press => press.Visitor).Distinct().Count());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60));
}
