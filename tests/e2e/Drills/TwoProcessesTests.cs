using System.Diagnostics;
using System.Globalization;

namespace Huoma.E2E.Drills;

/// <summary>Two processes on one PostgreSQL: one is paused in the middle of whatever it did, later one is killed; the other one serves.</summary>
[Collection(Drill.Name)]
public sealed class TwoProcessesTests
{
    private static readonly int Visits = Drill.IsLong ? 10_000 : 1_000;
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task TheOther_GoesOnServing_WhenOneIsPausedAndOneIsKilled()
    {
        await using var one = await Drill.StartAsync(Store.Postgres);
        await using var other = await one.StartAnotherAsync();
        var (code, rotation) = await Drill.CreateCodeAsync(one, Drill.IsLong ? 60 : 25);
        var ledger = new Ledger();

        // Behind a load balancer that gives up on a server after two seconds.
        var habits = new Habits { Patience = TimeSpan.FromSeconds(2) };
        var crowd = Crowd.Start(code.Text("key"), ledger, habits, one.Address, other.Address);
        await ledger.ReachesAsync(Visits);

        var pausedAt = Stopwatch.GetTimestamp();
        await other.SignalAsync("STOP");
        await ledger.ReachesAsync(ledger.Acknowledged + Visits);
        var pause = ledger.LongestGap(pausedAt, Stopwatch.GetTimestamp());
        await other.SignalAsync("CONT");
        await ledger.ReachesAsync(ledger.Acknowledged + Visits);

        var killedAt = Stopwatch.GetTimestamp();
        await other.KillAsync();
        var recovered = await ledger.RecoversAsync(killedAt);
        await ledger.ReachesAsync(ledger.Acknowledged + Visits);
        var kill = ledger.LongestGap(killedAt, Stopwatch.GetTimestamp());
        await crowd.StopAsync();

        var gaps = string.Create(CultureInfo.InvariantCulture, $", longest gap {pause.TotalMilliseconds:F0} ms paused, {kill.TotalMilliseconds:F0} ms killed");
        await Verdict.PassAsync("two processes", one, code, ledger, rotation, recovered, gaps);
        pause.ShouldBeLessThan(LongestGap);
        kill.ShouldBeLessThan(LongestGap);
    }
}
