using Huoma.Domain.Groups.Rules;

namespace Huoma.Domain.Tests.Groups.Rules;

/// <summary>Spec D30 and E.5 item 9 as plain calls.</summary>
public sealed class ReplyRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_FiresAtTheLeadingEdge_AndIsSilentForTheInterval()
    {
        Answered(10, 0, 3, 9.9, 10.1).ShouldBe([0, 10.1]);
        Answered(10, 0, 10, 20).ShouldBe([0, 10, 20]);
        Answered(10, 0, 9.999, 10).ShouldBe([0, 10]);
        Answered(0, 0, 0, 0.1).ShouldBe([0, 0, 0.1]);
        Answered(3600, 0, 3599.999, 3600).ShouldBe([0, 3600]);
    }

    [Fact]
    public void Decide_SaysNothing_WhenItIsTooLateOrOff()
    {
        var late = Start - ReplyRules.Lasts;

        ReplyRules.Decide(enabled: true, 10, last: null, late, Start).ShouldBe(new ReplyDecision.Silence(SilenceReason.TooLate));
        ReplyRules.Decide(enabled: true, 10, last: null, late.AddMilliseconds(1), Start).ShouldBe(new ReplyDecision.Reply(late.AddMilliseconds(1), Start.AddMilliseconds(1)));
        ReplyRules.Decide(enabled: false, 10, last: null, Start, Start).ShouldBe(new ReplyDecision.Silence(SilenceReason.Off));
    }

    [Fact]
    public void Decide_DoesNotLetAWrongClockSilenceAGroup()
    {
        ReplyRules.Decide(enabled: true, 10, last: null, Start.AddHours(1), Start).ShouldBe(new ReplyDecision.Reply(Start, Start + ReplyRules.Lasts));
        ReplyRules.Decide(enabled: true, 10, last: Start.AddHours(1), Start, Start).ShouldBeOfType<ReplyDecision.Reply>();
    }

    // Whatever the joins, two answers are at least an interval apart, and every join without one lies within the interval after an answer.
    [Fact]
    public void Decide_LeavesNobodyOut_ButWithinAnInterval()
    {
        var chance = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            var interval = chance.Next(0, 60);
            double[] at = [.. Enumerable.Range(0, 40).Select(_ => Math.Round(chance.NextDouble() * 200, 3)).Order()];
            var answered = Answered(interval, at);
            answered.Zip(answered.Skip(1), (one, next) => next - one).ShouldAllBe(gap => gap >= interval - 0.0001);
            at.Except(answered).ShouldAllBe(moment => answered.Any(one => one <= moment && moment < one + interval));
        }
    }

    private static List<double> Answered(int interval, params double[] seconds)
    {
        DateTimeOffset? last = null;
        var answered = new List<double>();
        foreach (var second in seconds)
        {
            var at = Start.AddSeconds(second);
            if (ReplyRules.Decide(enabled: true, interval, last, at, at) is ReplyDecision.Reply reply)
            {
                last = reply.At;
                answered.Add(second);
            }
        }

        return answered;
    }
}
