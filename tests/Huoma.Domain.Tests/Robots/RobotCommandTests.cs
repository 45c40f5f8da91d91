using Huoma.Domain.Robots;

namespace Huoma.Domain.Tests.Robots;

public sealed class RobotCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Send_GoesOnce_AndNotAfterTheDeadline()
    {
        var command = Queued();
        var late = Queued();

        command.Send(Now).ShouldBeTrue();
        command.Send(Now).ShouldBeFalse();
        late.Send(Now.AddMinutes(10)).ShouldBeFalse();
        (command.State, command.SentAt, command.Attempts).ShouldBe((CommandState.Sent, Now, 1));
        late.State.ShouldBe(CommandState.Queued);
    }

    [Fact]
    public void Answer_Finishes_WithTheResult()
    {
        var command = Sent();

        command.Answer(new CommandResult(Ok: true, """{"roomId":"1@chatroom"}"""), Now).ShouldBeOfType<CommandOutcome.Done>();

        (command.State, command.Result, command.ErrorCode, command.DoneAt).ShouldBe((CommandState.Done, """{"roomId":"1@chatroom"}""", null, Now));
        command.IsFinished.ShouldBeTrue();
    }

    [Fact]
    public void Answer_IsHeardOnce_AndOnlyWhileSomebodyWaits()
    {
        var command = Sent();
        command.Answer(new CommandResult(Ok: true, "{}"), Now);

        command.Answer(Failure(ErrorCodes.PuppetError), Now).ShouldBeNull();
        Queued().Answer(new CommandResult(Ok: true, "{}"), Now).ShouldBeNull();
        command.State.ShouldBe(CommandState.Done);
    }

    [Theory]
    [InlineData("BAD_REQUEST", CommandState.Failed)]
    [InlineData("NOT_OWNER", CommandState.Failed)]
    [InlineData("UNSUPPORTED", CommandState.Failed)]
    [InlineData("SOMETHING_NEW", CommandState.Failed)]
    [InlineData("PUPPET_ERROR", CommandState.Failed)]
    [InlineData("EXPIRED", CommandState.Expired)]
    [InlineData("UNKNOWN_OUTCOME", CommandState.Unknown)]
    [InlineData("ROBOT_OFFLINE", CommandState.Queued)]
    [InlineData("ROBOT_NOT_STARTED", CommandState.Queued)]
    [InlineData("RATE_LIMITED", CommandState.Queued)]
    public void Answer_MeansWhatTheCodeSays(string code, CommandState state)
    {
        var command = Sent();

        command.Answer(Failure(code), Now);

        (command.State, command.ErrorCode, command.ErrorMessage).ShouldBe((state, code, "因为"));
        command.IsFinished.ShouldBe(state != CommandState.Queued);
    }

    [Fact]
    public void Answer_IsFinal_WhenPartOfItIsDone()
    {
        foreach (var code in (string[])["ROBOT_OFFLINE", "RATE_LIMITED"])
        {
            var command = Sent(CommandTypes.Send);

            command.Answer(Failure(code) with { Data = """{"msgIds":["m-1"],"sentParts":1}""" }, Now);

            (command.State, command.Result).ShouldBe((CommandState.Failed, """{"msgIds":["m-1"],"sentParts":1}"""));
        }
    }

    [Fact]
    public void Answer_WaitsAsLongAsTold_AndADayForNewGroups()
    {
        var message = Sent(CommandTypes.Send);
        var create = Sent();
        var longer = Sent();

        message.Answer(Failure("RATE_LIMITED") with { RetryAfter = TimeSpan.FromSeconds(90) }, Now);
        create.Answer(Failure("RATE_LIMITED") with { RetryAfter = TimeSpan.FromSeconds(90) }, Now);
        longer.Answer(Failure("RATE_LIMITED") with { RetryAfter = TimeSpan.FromHours(30) }, Now);

        message.NotBefore.ShouldBe(Now.AddSeconds(90));
        create.NotBefore.ShouldBe(Now.AddHours(24));
        longer.NotBefore.ShouldBe(Now.AddHours(30));
    }

    [Fact]
    public void Answer_OfACommandAboutTheAccount_DoesNotWaitForTheRobot()
    {
        var command = Sent(CommandTypes.Logout);

        command.Answer(Failure("ROBOT_NOT_STARTED"), Now);

        command.State.ShouldBe(CommandState.Failed);
    }

    [Fact]
    public void RunOut_EndsWhatWaits_AndKeepsWhatItWaitedFor()
    {
        var plain = Queued();
        var offline = Sent();
        offline.Answer(Failure("ROBOT_OFFLINE"), Now);

        plain.RunOut(Now.AddMinutes(9)).ShouldBeFalse();
        plain.RunOut(Now.AddMinutes(10)).ShouldBeTrue();
        offline.RunOut(Now.AddMinutes(10)).ShouldBeTrue();

        (plain.State, plain.ErrorCode).ShouldBe((CommandState.Expired, "EXPIRED"));
        (offline.State, offline.ErrorCode).ShouldBe((CommandState.Expired, "ROBOT_OFFLINE"));
        plain.RunOut(Now.AddDays(3)).ShouldBeFalse();
    }

    [Fact]
    public void RunOut_GivesUpWhatWasSent_OnlyAfterADay()
    {
        var command = Sent();

        command.RunOut(Now.AddHours(24)).ShouldBeFalse();
        command.RunOut(Now.AddHours(25)).ShouldBeTrue();

        (command.State, command.ErrorCode).ShouldBe((CommandState.Unknown, "NO_RESULT"));
    }

    [Fact]
    public void StopWaitingForRobot_LeavesOtherWaitsAlone()
    {
        var offline = Sent();
        offline.Answer(Failure("ROBOT_OFFLINE"), Now);
        var limited = Sent(CommandTypes.Send);
        limited.Answer(Failure("RATE_LIMITED"), Now);

        offline.StopWaitingForRobot(Now);
        limited.StopWaitingForRobot(Now);

        offline.NotBefore.ShouldBe(Now);
        limited.NotBefore.ShouldBe(Now.AddMinutes(1));
    }

    private static CommandResult Failure(string code) => new(Ok: false, Data: null, code, "因为");

    private static RobotCommand Sent(string type = CommandTypes.CreateRoom)
    {
        var command = Queued(type);
        command.Send(Now).ShouldBeTrue();
        return command;
    }

    private static RobotCommand Queued(string type = CommandTypes.CreateRoom)
    {
        var command = new RobotCommand(new RobotCommandId(1), new TenantId(2), new RobotId(3), type, "{}", "test", 4);
        command.Waits(Now, place: 0, weight: 1, Now, Now.AddMinutes(10));
        return command;
    }
}
