using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Tests.Visits;

public sealed class RehearsalTests
{
    private static readonly Calendar Shanghai = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
    private static readonly RotationRules Plain = new(LiveCodeStatus.On, IsDeleted: false, Sticky: true, HasWelcomePage: false);

    [Fact]
    public void Run_TellsWhenWhichSlotFills_AndWhenNoneIsLeft()
    {
        var runs = Run(Code(Plain, 100, 50), target: null, visitors: 1_000, every: TimeSpan.FromSeconds(6));

        Seen(runs).ShouldBe([(1, 100, 1), (101, 150, 2), (151, 1_000, null)]);
        runs[1].From.ShouldBe(World.Start.AddMinutes(10));
        runs[2].Reason.ShouldBe(VisitReason.AllFull);
    }

    [Fact]
    public void Run_CountsThosePressingOnly()
    {
        Seen(Run(Code(Plain, 10, 10), target: null, visitors: 50, pressPercent: 50)).ShouldBe([(1, 20, 1), (21, 40, 2), (41, 50, null)]);
        Seen(Run(Code(Plain, 10), target: null, visitors: 50, pressPercent: 0)).ShouldBe([(1, 50, 1)]);
    }

    [Fact]
    public void Run_OvershootsByTheOpenPages_ButNeverPastACap()
    {
        Seen(Run(Code(Plain, 10), target: null, visitors: 50, openPages: 5)).ShouldBe([(1, 15, 1), (16, 50, null)]);
        Seen(Run(Code(Plain, 10, cap: 10), target: null, visitors: 50, openPages: 5)).ShouldBe([(1, 10, 1), (11, 50, null)]);
    }

    [Fact]
    public void Run_GivesSeatsBack_WhenTheirLeaseRunsOut()
    {
        var code = Code(Plain with { SeatLease = TimeSpan.FromMinutes(5) }, 500, cap: 3);

        Seen(Run(code, target: null, visitors: 9, every: TimeSpan.FromMinutes(1), pressPercent: 0)).ShouldBe([(1, 3, 1), (4, 5, null), (6, 8, 1), (9, 9, null)]);
    }

    [Fact]
    public void Run_FollowsTheHandOver_ThroughWelcomePages()
    {
        var code = Code(Plain with { HasWelcomePage = true, HandOver = new HandOverRule(new LiveCodeId(2), HandOverWhen.Exhausted, 0) }, 10);
        var card = new LiveCodeVisits(new LiveCodeId(2), Plain, [new SlotState(new SlotId(7), 1, enabled: true, Slot.Never, 5, 0)]);

        var runs = Run(code, card, visitors: 20);

        Seen(runs).ShouldBe([(1, 10, 1), (11, 15, 7), (16, 20, null)]);
        runs.Select(run => run.LiveCodeId.Value).ShouldBe([1L, 2L, 2L]);
    }

    [Fact]
    public void Run_ShowsExpiryAndRounds()
    {
        Seen(Run(Code(Plain, 500), target: null, visitors: 10, every: TimeSpan.FromDays(1))).ShouldBe([(1, 7, 1), (8, 10, null)]);

        var runs = Run(Code(Plain with { Recycle = true }, 2, 2), target: null, visitors: 6);
        Seen(runs).ShouldBe([(1, 2, 1), (3, 4, 2), (5, 6, 1)]);
        runs[2].Reason.ShouldBe(VisitReason.NextRound);
    }

    [Fact]
    public void Run_EndsWhereNobodyWouldReadOn()
    {
        Run(Code(Plain with { Recycle = true }, 1, 1), target: null, visitors: RehearsalPlan.MaxVisitors).Count.ShouldBe(Rehearsal.MaxRuns);
    }

    private static IReadOnlyList<RehearsedRun> Run(
        LiveCodeVisits code, LiveCodeVisits? target, int visitors, TimeSpan every = default, int pressPercent = 100, int openPages = 0) =>
        new Rehearsal(code, target, Shanghai).Run(new RehearsalPlan(visitors, World.Start, every, pressPercent, openPages));

    private static List<(int First, int Last, long? Slot)> Seen(IReadOnlyList<RehearsedRun> runs) =>
        [.. runs.Select(run => (run.First, run.Last, run.SlotId?.Value))];

    private static LiveCodeVisits Code(RotationRules rules, params int[] thresholds) => new(new LiveCodeId(1), rules, Slots(thresholds, cap: null));

    private static LiveCodeVisits Code(RotationRules rules, int threshold, int? cap) => new(new LiveCodeId(1), rules, Slots([threshold], cap));

    private static List<SlotState> Slots(int[] thresholds, int? cap) =>
        [.. thresholds.Select((threshold, at) => new SlotState(new SlotId(at + 1), 1, enabled: true, World.Start.AddDays(7), threshold, 0, cap))];
}
