using System.Net;
using Huoma.Domain.Jobs;
using Huoma.Server.Platform;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Jobs;

public sealed class JobSchedulerTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [BothStores]
    public async Task Job_RunsOnceAPeriod_InTwoProcesses(Store store)
    {
        var doing = new Doing();
        await using var one = await JobDesk.StartAsync(store, doing);
        await using var other = one.StartAnother();
        await one.HasLookedAsync();
        await other.HasLookedAsync();

        for (var period = 1; period <= 20; period++)
        {
            one.Clock.PassOnStopwatch(JobDesk.Every);
            await Task.WhenAll(one.LookAndRunAsync(), other.LookAndRunAsync());

            doing.Begun.ShouldBe(period);
        }
    }

    [Theory]
    [BothStores]
    public async Task Job_IsTakenOver_WhenItsProcessIsGone(Store store)
    {
        var doing = new Doing();
        await using var app = await JobDesk.StartAsync(store, doing);
        var owner = await app.SignInAsync();
        await app.HasLookedAsync();
        await app.AnotherBeginsAsync();

        await app.LookAndRunAsync();
        app.Clock.PassOnStopwatch(JobTurns.Lease - Moment);
        await app.LookAndRunAsync();
        var waiting = doing.Begun;
        app.Clock.PassOnStopwatch(Moment);
        await app.LookAndRunAsync();

        waiting.ShouldBe(0);
        doing.Begun.ShouldBe(1);
        var job = await JobDesk.ShowAsync(owner);
        job.Text("lastRun.outcome").ShouldBe("done");
        job.At("runs").EnumerateArray().Select(run => run.Text("outcome")).ShouldBe(["done", "lost"]);
    }

    [Theory]
    [BothStores]
    public async Task Job_IsLeftAlone_WhileItsProcessLives(Store store)
    {
        var doing = new Doing();
        var done = new TaskCompletionSource<JobResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        doing.What = ct =>
        {
            begun.TrySetResult();
            return done.Task.WaitAsync(ct);
        };
        await using var one = await JobDesk.StartAsync(store, doing);
        await using var other = one.StartAnother();
        await one.HasLookedAsync();
        await other.HasLookedAsync();
        one.Clock.PassOnStopwatch(JobDesk.Every);
        await one.Scheduler().LookAsync(Ct);

        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        for (var spent = TimeSpan.Zero; spent < 3 * JobTurns.Lease; spent += JobTurns.BeatEvery)
        {
            one.Clock.PassOnStopwatch(JobTurns.BeatEvery);
            await one.Scheduler().LookAsync(Ct);
            await other.Scheduler().LookAsync(Ct);
        }

        doing.Begun.ShouldBe(1);
        done.SetResult(JobResult.Of());
        await one.Scheduler().IdleAsync();
        await other.Scheduler().IdleAsync();
        (await JobDesk.ShowAsync(await one.SignInAsync())).Text("lastRun.outcome").ShouldBe("done");
    }

    [Theory]
    [BothStores]
    public async Task Job_IsStopped_WhenAnotherProcessTookOver(Store store)
    {
        var doing = new Doing();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        doing.What = async ct =>
        {
            await using var registration = ct.Register(stopped.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return JobResult.Of();
        };
        await using var app = await JobDesk.StartAsync(store, doing);
        await app.HasLookedAsync();
        app.Clock.PassOnStopwatch(JobDesk.Every);
        await app.Scheduler().LookAsync(Ct);

        await app.AnotherBeginsAsync();
        app.Clock.PassOnStopwatch(JobTurns.BeatEvery);
        await app.Scheduler().LookAsync(Ct);

        await stopped.Task.WaitAsync(Ct);
        await app.Scheduler().IdleAsync();
        var job = await JobDesk.ShowAsync(await app.SignInAsync());
        job.Flag("isRunning").ShouldBeTrue("it is the other's, whatever came of ours");
        job.At("runs").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Failure_IsShown_AndTheJobRunsAgain(Store store)
    {
        var doing = new Doing { What = _ => throw new InvalidOperationException("Password=geheim") };
        await using var app = await JobDesk.StartAsync(store, doing);
        var owner = await app.SignInAsync();
        await app.HasLookedAsync();

        app.Clock.PassOnStopwatch(JobDesk.Every);
        await app.LookAndRunAsync();
        var failed = await JobDesk.ShowAsync(owner);
        doing.What = _ => Task.FromResult(JobResult.Of(("things", 3)));
        app.Clock.PassOnStopwatch(JobDesk.Every);
        await app.LookAndRunAsync();
        var done = await JobDesk.ShowAsync(owner);

        failed.Text("lastRun.outcome").ShouldBe("failed");
        failed.Text("lastRun.error").ShouldBe("InvalidOperationException");
        failed.ToString().ShouldNotContain("geheim");
        done.Text("lastRun.outcome").ShouldBe("done");
        done.Number("lastRun.result.things").ShouldBe(3);
        done.At("runs").EnumerateArray().Select(run => run.Text("outcome")).ShouldBe(["done", "failed"]);
    }

    [Theory]
    [BothStores]
    public async Task Job_RunsAtOnce_WhenAProcessStartsAndItIsOverdue(Store store)
    {
        var doing = new Doing();
        await using var one = await JobDesk.StartAsync(store, doing);
        await one.HasLookedAsync();
        one.Clock.Advance(JobDesk.Every);
        await one.LookAndRunAsync();
        var before = doing.Begun;

        await using var other = one.StartAnother();
        await other.LookAndRunAsync();

        before.ShouldBe(0, "who is there already goes by his stopwatch");
        doing.Begun.ShouldBe(1);
    }

    [Theory]
    [BothStores]
    public async Task Job_RunsWhenAskedFor(Store store)
    {
        var doing = new Doing();
        await using var app = await JobDesk.StartAsync(store, doing);
        var desk = await Desk.OpenAsync(app);
        await app.HasLookedAsync();

        await desk.PostAsync($"jobs/{JobDesk.Name}/run", new { }).JsonAsync(HttpStatusCode.Accepted);
        await app.LookAndRunAsync();

        doing.Begun.ShouldBe(1);
        await desk.PostAsync("jobs/nothing/run", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [BothStores]
    public async Task Jobs_AreForThePlatformsOwnTenant(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = await Desk.OpenOtherTenantAsync(app);

        await other.GetAsync("jobs").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await other.PostAsync("jobs/statistics/run", new { }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var jobs = await desk.GetAsync("jobs").JsonAsync();

        jobs.At("items").EnumerateArray().Select(job => job.Text("name")).ShouldBe(
            ["visit-retention", "statistics", "recycle-bin", "robot-commands", "robot-retention", "groups", "heard-messages", "sign-ins", "campaign-people", "join-ways", "notices"], ignoreOrder: true);
    }
}
