using Huoma.Domain.Jobs;

namespace Huoma.Domain.Tests.Jobs;

public sealed class JobTurnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly JobState Idle = new(Turn: 7, Beat: 0, IsRunning: false, IsAsked: false, DueAt: Now.AddMinutes(5));

    [Fact]
    public void MayBegin_WaitsForAPeriodOnOnesOwnStopwatch()
    {
        JobTurns.MayBegin(Idle, Seen(Every - TimeSpan.FromSeconds(1)), Every, Now).ShouldBeFalse();
        JobTurns.MayBegin(Idle, Seen(Every), Every, Now).ShouldBeTrue();
    }

    [Fact]
    public void MayBegin_DoesNotAskTheClock_OfWhoHasLookedBefore()
    {
        JobTurns.MayBegin(Idle with { DueAt = Now.AddYears(-1) }, Seen(TimeSpan.FromSeconds(1)), Every, Now).ShouldBeFalse();
        JobTurns.MayBegin(Idle with { DueAt = Now.AddYears(1) }, Seen(Every), Every, Now).ShouldBeTrue("a clock that was ahead stops nothing");
    }

    [Fact]
    public void MayBegin_AtOnce_WhenAProcessStartsAndTheJobIsOverdue()
    {
        var first = new JobSight(TimeSpan.Zero, TimeSpan.Zero, IsFirst: true);

        JobTurns.MayBegin(Idle with { DueAt = Now }, first, Every, Now).ShouldBeTrue();
        JobTurns.MayBegin(Idle, first, Every, Now).ShouldBeFalse();
    }

    [Fact]
    public void MayBegin_AtOnce_WhenSomebodyAsked() => JobTurns.MayBegin(Idle with { IsAsked = true }, Seen(TimeSpan.Zero), Every, Now).ShouldBeTrue();

    [Fact]
    public void MayBegin_LeavesARunAlone_AsLongAsItShowsSignsOfLife()
    {
        var running = Idle with { IsRunning = true, IsAsked = true, DueAt = Now.AddDays(-1) };

        JobTurns.MayBegin(running, new JobSight(TimeSpan.FromHours(5), JobTurns.Lease - TimeSpan.FromSeconds(1), IsFirst: false), Every, Now).ShouldBeFalse();
        JobTurns.MayBegin(running, new JobSight(TimeSpan.Zero, TimeSpan.Zero, IsFirst: true), Every, Now).ShouldBeFalse();
        JobTurns.MayBegin(running, new JobSight(TimeSpan.FromHours(5), JobTurns.Lease, IsFirst: false), Every, Now).ShouldBeTrue();
    }

    [Fact]
    public void WhoRunsAJob_LetsGoBeforeAnotherBegins()
    {
        JobTurns.BeatEvery.ShouldBeLessThan(JobTurns.LetsGoAfter);
        JobTurns.LetsGoAfter.ShouldBeLessThan(JobTurns.Lease);
    }

    private static JobSight Seen(TimeSpan ago) => new(ago, ago, IsFirst: false);
}
