using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Accounts;

namespace Huoma.Domain.Tests.Accounts;

public sealed class SignInAttemptsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    // The loosest that the settings allow.
    private static readonly SignInLimits Loosest = new(6, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300), TimeSpan.FromMinutes(15));

    private static readonly SignInLimits Usual = new(5, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    [Fact]
    public void Wait_DoublesWithEachWrongPassword_UpToTheLongest()
    {
        var attempts = default(SignInAttempts);
        var now = Start;
        var waits = new List<double>();
        for (var at = 0; at < 14; at++)
        {
            attempts = attempts.Add(now, Usual);
            var wait = attempts.Wait(now, Usual);
            waits.Add(wait.TotalSeconds);
            now += wait;
        }

        waits.ShouldBe([0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
    }

    [Fact]
    public void Wait_IsOver_WhenLongAgo()
    {
        var attempts = new SignInAttempts(40, Start);

        attempts.Wait(Start.AddMinutes(14), Usual).ShouldBe(TimeSpan.FromMinutes(1));
        attempts.Wait(Start.AddMinutes(15), Usual).ShouldBe(TimeSpan.Zero);
        attempts.Add(Start.AddHours(1), Usual).Count.ShouldBe(1);
    }

    [Fact]
    public void Wait_IsNoLonger_WhenTheClockStepsBack() =>
        new SignInAttempts(5, Start).Wait(Start.AddDays(-1), Usual).ShouldBe(TimeSpan.FromSeconds(10));

    [Fact]
    public void TakeBack_NeverOwesAnything() => default(SignInAttempts).TakeBack().Count.ShouldBe(0);

    [Fact]
    public void Wait_LetsAtMostTenThroughInFiveMinutes_WheneverTheyCome()
    {
        var gaps = Gen.Choose(0, 120_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)).ListOf(400).ToArbitrary();

        Prop.ForAll(gaps, list => MostInFiveMinutes(list, Loosest) <= 10).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Wait_LetsAtMostTenThroughInFiveMinutes_WhenTheyNeverStop() =>
        MostInFiveMinutes(Enumerable.Repeat(TimeSpan.FromMilliseconds(500), 50_000), Loosest).ShouldBeInRange(6, 10);

    private static int MostInFiveMinutes(IEnumerable<TimeSpan> gaps, SignInLimits limits)
    {
        var attempts = default(SignInAttempts);
        var now = Start;
        var most = 0;
        var window = new Queue<DateTimeOffset>();
        foreach (var gap in gaps)
        {
            now += gap;
            if (attempts.Wait(now, limits) > TimeSpan.Zero)
            {
                continue;
            }

            attempts = attempts.Add(now, limits);
            window.Enqueue(now);
            while (now - window.Peek() >= TimeSpan.FromMinutes(5))
            {
                window.Dequeue();
            }

            most = Math.Max(most, window.Count);
        }

        return most;
    }
}
