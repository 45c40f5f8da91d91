using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Robots;

namespace Huoma.Domain.Tests.Robots;

public sealed class RobotPacingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly RobotReadiness Ready = new(Enabled: true, CanAct: true, CreationStoppedUntil: null, Room: 20);
    private static long lastId;

    [Fact]
    public void FreeAt_IsAnyTime_ForWhatWasNeverSent()
    {
        RobotPacing.FreeAt(CommandTypes.CreateRoom, 1, [], RobotLimits.Default).ShouldBeLessThan(Now);
        RobotPacing.FreeAt(CommandTypes.ListRooms, 1, [], RobotLimits.Default).ShouldBeLessThan(Now);
    }

    [Fact]
    public void FreeAt_KeepsTheDistance()
    {
        RobotPacing.FreeAt(CommandTypes.CreateRoom, 1, [Sent(CommandTypes.CreateRoom)], RobotLimits.Default).ShouldBe(Now.AddSeconds(120));
        RobotPacing.FreeAt(CommandTypes.Send, 1, [Sent(CommandTypes.Send, 3)], RobotLimits.Default).ShouldBe(Now.AddSeconds(9), "three parts are three messages");
        RobotPacing.FreeAt(CommandTypes.Send, 1, [Sent(CommandTypes.Announce)], RobotLimits.Default).ShouldBe(Now.AddSeconds(10));
        RobotPacing.FreeAt(CommandTypes.Kick, 1, [Sent(CommandTypes.Kick, 4)], RobotLimits.Default).ShouldBe(Now.AddSeconds(20));
    }

    [Fact]
    public void FreeAt_CountsGroupsOfTheLastDay_ButNotThoseThatFailed()
    {
        var limits = RobotLimits.Default with { GroupsPerDay = 2 };
        SentCommand[] sent =
        [
            Sent(CommandTypes.CreateRoom, hoursAgo: 20), Sent(CommandTypes.CreateRoom, hoursAgo: 10, hasEffect: false), Sent(CommandTypes.CreateRoom, hoursAgo: 5),
        ];

        RobotPacing.FreeAt(CommandTypes.CreateRoom, 1, sent, limits).ShouldBe(Now.AddHours(4));
        RobotPacing.FreeAt(CommandTypes.CreateRoom, 1, sent, limits with { GroupsPerDay = 3 }).ShouldBeLessThan(Now);
        RobotPacing.FreeAt(CommandTypes.CreateRoom, 1, [], limits with { GroupsPerDay = 0 }).ShouldBe(DateTimeOffset.MaxValue);
    }

    [Fact]
    public void FreeAt_LetsALargeMessageGo_WhenTheMinuteIsEmpty()
    {
        var limits = RobotLimits.Default with { MessagesPerMinute = 3 };

        RobotPacing.FreeAt(CommandTypes.Send, 10, [], limits).ShouldBeLessThan(Now);
        RobotPacing.FreeAt(CommandTypes.Send, 10, [Sent(CommandTypes.Send)], limits).ShouldBe(Now.AddMinutes(1));
    }

    [Fact]
    public void Next_KeepsTheOrderOfOnePace_AndLetsOthersPass()
    {
        var first = Waiting(CommandTypes.CreateRoom);
        var second = Waiting(CommandTypes.CreateRoom);
        var rename = Waiting(CommandTypes.RenameRoom);
        var message = Waiting(CommandTypes.Send);

        RobotPacing.Next([first, second, rename, message], [], RobotLimits.Default, Ready, Now).ShouldBe([first.Id, rename.Id, message.Id]);
        RobotPacing.Next([second, rename], [Sent(CommandTypes.CreateRoom)], RobotLimits.Default, Ready, Now.AddSeconds(119)).ShouldBe([rename.Id]);
        RobotPacing.Next([second], [Sent(CommandTypes.CreateRoom)], RobotLimits.Default, Ready, Now.AddSeconds(120)).ShouldBe([second.Id]);
    }

    [Fact]
    public void Next_DoesNotOvertake_WhatThePlatformCalledTooOften()
    {
        var refused = Waiting(CommandTypes.Send) with { NotBefore = Now.AddSeconds(30), ErrorCode = ErrorCodes.RateLimited };
        var later = Waiting(CommandTypes.Send) with { NotBefore = Now.AddSeconds(30) };
        var message = Waiting(CommandTypes.Send);
        var kick = Waiting(CommandTypes.Kick);

        RobotPacing.Next([refused, message, kick], [], RobotLimits.Default, Ready, Now).ShouldBe([kick.Id]);
        RobotPacing.Next([later, message], [], RobotLimits.Default, Ready, Now).ShouldBe([message.Id]);
    }

    [Fact]
    public void Next_MakesNoGroup_WhileCreationIsStopped()
    {
        var create = Waiting(CommandTypes.CreateRoom);
        var stopped = Ready with { CreationStoppedUntil = Now.AddHours(1) };

        RobotPacing.Next([create], [], RobotLimits.Default, stopped, Now).ShouldBeEmpty();
        RobotPacing.Next([create], [], RobotLimits.Default, stopped, Now.AddHours(1)).ShouldBe([create.Id]);
    }

    [Fact]
    public void Next_TellsARobotThatIsNotThere_OnlyWhatIsAboutItsAccount()
    {
        var create = Waiting(CommandTypes.CreateRoom);
        var start = Waiting(CommandTypes.Start);
        var stop = Waiting(CommandTypes.Stop);

        RobotPacing.Next([create, start, stop], [], RobotLimits.Default, Ready with { CanAct = false }, Now).ShouldBe([start.Id, stop.Id]);
        RobotPacing.Next([create, start, stop], [], RobotLimits.Default, Ready with { Enabled = false }, Now).ShouldBe([stop.Id]);
    }

    [Fact]
    public void Next_LeavesOut_WhatIsTooLateOrTooMuch()
    {
        var late = Waiting(CommandTypes.ListRooms) with { Deadline = Now };
        var one = Waiting(CommandTypes.ListRooms);
        var other = Waiting(CommandTypes.ListRooms);

        RobotPacing.Next([late, one, other], [], RobotLimits.Default, Ready with { Room = 1 }, Now).ShouldBe([one.Id]);
        RobotPacing.Next([one], [], RobotLimits.Default, Ready with { Room = 0 }, Now).ShouldBeEmpty();
    }

    // Whatever is queued and however often somebody looks: no window has more than the limit.
    [Fact]
    public void Next_KeepsTheLimits_InEveryWindow()
    {
        var limits = new RobotLimits(GroupsPerDay: 3, CreateSpacingSeconds: 60, MessageSpacingSeconds: 2, MessagesPerMinute: 5, KickSpacingSeconds: 1);

        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 4_000).ListOf(120).ToArbitrary(), gaps =>
        {
            var (now, sent) = (Now, new List<SentCommand>());
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap * 10);
                List<WaitingCommand> queue = [Waiting(CommandTypes.CreateRoom), Waiting(CommandTypes.Send), Waiting(CommandTypes.Send, weight: 2), Waiting(CommandTypes.Kick)];
                var chosen = RobotPacing.Next(queue.ConvertAll(one => one with { Deadline = DateTimeOffset.MaxValue }), sent, limits, Ready, now);
                sent.AddRange(queue.Where(one => chosen.Contains(one.Id)).Select(one => new SentCommand(one.Type, one.Weight, now, HasEffect: true)));
            }

            return Most(sent, CommandTypes.CreateRoom, TimeSpan.FromHours(24)) <= 3 && Most(sent, CommandTypes.CreateRoom, TimeSpan.FromSeconds(60)) <= 1
                && Most(sent, CommandTypes.Send, TimeSpan.FromMinutes(1)) <= 5 && Most(sent, CommandTypes.Kick, TimeSpan.FromSeconds(1)) <= 1;
        }));
    }

    private static int Most(List<SentCommand> sent, string type, TimeSpan window)
    {
        var those = sent.FindAll(one => one.Type == type);
        return those.Select(first => those.Where(one => one.At >= first.At && one.At < first.At + window).Sum(one => one.Weight)).DefaultIfEmpty(0).Max();
    }

    private static SentCommand Sent(string type, int weight = 1, double hoursAgo = 0, bool hasEffect = true) => new(type, weight, Now.AddHours(-hoursAgo), hasEffect);

    private static WaitingCommand Waiting(string type, int weight = 1) => new(new RobotCommandId(++lastId), type, weight, Now.AddHours(-1), Now.AddHours(2), ErrorCode: null);
}
