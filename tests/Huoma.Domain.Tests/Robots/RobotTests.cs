using Huoma.Domain.Robots;

namespace Huoma.Domain.Tests.Robots;

public sealed class RobotTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Turn_NeedsTheRiskAccepted_OfAPersonalAccount()
    {
        var robot = Of(RobotDriver.Gateway);
        robot.Enabled.ShouldBeFalse();

        robot.Turn(enabled: true)?.Code.ShouldBe("robot.risk-not-accepted");
        robot.AcceptRisk(new UserId(7), "小李", Now);
        robot.AcceptRisk(new UserId(8), "小王", Now.AddDays(1));

        robot.Turn(enabled: true).ShouldBeNull();
        (robot.Enabled, robot.RiskAcceptedBy, robot.RiskAcceptedAt).ShouldBe((true, "小李", Now));
        Of(RobotDriver.Simulator).Enabled.ShouldBeTrue();
    }

    [Fact]
    public void BeginsWith_TakesNoneOrTwo()
    {
        var robot = Of(RobotDriver.Simulator);

        robot.BeginsWith(["a", "a"])?.Code.ShouldBe("robot.seeds");
        robot.BeginsWith(["a", "b", "a"]).ShouldBeNull();
        robot.SeedIds.ShouldBe(["a", "b"]);
        robot.BeginsWith([]).ShouldBeNull();
        robot.SeedIds.ShouldBeEmpty();
        robot.BeginsWith([.. Enumerable.Range(0, 21).Select(number => $"{number}")])?.Code.ShouldBe("robot.seeds");
    }

    [Fact]
    public void CanBeAdded_RefusesTooMany()
    {
        Robot.CanBeAdded(49).ShouldBeNull();
        Robot.CanBeAdded(50)?.Code.ShouldBe("robot.too-many");
    }

    [Fact]
    public void Delete_TakesTheSecretsAway()
    {
        var robot = Of(RobotDriver.Wecom);
        robot.Enabled.ShouldBeTrue();
        robot.Uses("wwCORP", "sealed", "hash");

        robot.Delete(Now);

        (robot.CorpId, robot.SealedApp, robot.TokenHash).ShouldBe(("wwCORP", null, null));
    }

    [Fact]
    public void Delete_VoidsTheToken()
    {
        var robot = Of(RobotDriver.Simulator);
        robot.TakesToken("hash", "sealed");

        robot.Delete(Now);

        (robot.TokenHash, robot.SealedToken, robot.Enabled, robot.ShouldRun, robot.DeletedAt).ShouldBe((null, null, false, false, Now));
        robot.Run(shouldRun: true)?.Code.ShouldBe("robot.disabled");
    }

    [Fact]
    public void State_FollowsTheScan()
    {
        var state = new RobotState(Of(RobotDriver.Gateway));
        state.CanAct.ShouldBeTrue("nobody knows better");

        state.Scans("https://login.weixin.qq.com/l/a", ScanStatus.Waiting, Now);
        (state.Login, state.LoginQr, state.CanAct).ShouldBe((LoginState.Scanning, "https://login.weixin.qq.com/l/a", false));
        state.Scans(null, ScanStatus.Scanned, Now);
        (state.Login, state.LoginQr, state.Scan).ShouldBe((LoginState.Scanning, null, ScanStatus.Scanned));
        state.LogsIn("wxid_robot", "小助手", null, Now.AddMinutes(1));
        (state.Login, state.Scan, state.AccountName, state.LoginAt).ShouldBe((LoginState.Online, null, "小助手", Now.AddMinutes(1)));
        state.LogsOut("kicked out", Now.AddMinutes(2));
        (state.Login, state.LastError, state.CanAct).ShouldBe((LoginState.Offline, "kicked out", false));
    }

    [Fact]
    public void State_LearnsFromResults()
    {
        var state = new RobotState(Of(RobotDriver.Gateway));
        var create = Sent(CommandTypes.CreateRoom);

        state.Hears(create, new CommandOutcome.Again(Now.AddHours(24), ErrorCodes.RateLimited), Now);
        state.CreationStoppedUntil.ShouldBe(Now.AddHours(24));
        state.Hears(create, new CommandOutcome.Again(Now.AddHours(2), ErrorCodes.RateLimited), Now);
        state.CreationStoppedUntil.ShouldBe(Now.AddHours(24), "a shorter rest does not end a longer one");
        state.Hears(create, new CommandOutcome.Again(Now, ErrorCodes.RobotOffline), Now);
        state.Login.ShouldBe(LoginState.Offline);
        state.Hears(Sent(CommandTypes.Send), new CommandOutcome.Again(Now, ErrorCodes.RobotNotStarted), Now);
        state.Login.ShouldBe(LoginState.Offline, "what is known better stays");
    }

    [Fact]
    public void State_IsConnected_WhileItsSessionIsHeardOf()
    {
        var state = new RobotState(Of(RobotDriver.Gateway));
        (state.IsConnected(Now), state.Since(Now)).ShouldBe((false, null));

        state.BeginSession(5, "gw-1", "1.0.0", "sim", Now);
        (state.IsConnected(Now.AddSeconds(59)), state.Since(Now.AddSeconds(59))).ShouldBe((true, Now));
        (state.IsConnected(Now.AddSeconds(60)), state.Since(Now.AddSeconds(60))).ShouldBe((false, Now), "its process died");
        state.EndSession(Now.AddSeconds(30));
        (state.IsConnected(Now.AddSeconds(31)), state.Since(Now.AddSeconds(31))).ShouldBe((false, Now.AddSeconds(30)));
    }

    [Fact]
    public void Inbox_WaitsLonger_AndThenNoMore()
    {
        Enumerable.Range(1, 6).Select(InboxRules.WaitAfter).ShouldBe(
            [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(16), null]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(100_000, 0)]
    public void Since_IsWhenTheSessionEnded_UnlessItHadRunOutBefore(int secondsUntilHeardOf, int expected)
    {
        var (begun, later) = (new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 24, 4, 0, 0, TimeSpan.Zero));
        var state = new RobotState(Of(RobotDriver.Gateway));
        state.BeginSession(1, "gateway", "1.0", "mock", begun);
        state.Since(later).ShouldBe(begun);

        state.EndSession(begun + TimeSpan.FromSeconds(secondsUntilHeardOf));

        state.Since(later).ShouldBe(begun + TimeSpan.FromSeconds(expected));
    }

    private static Robot Of(RobotDriver driver) => new(new RobotId(3), new TenantId(2), driver, "一号机", Now);

    private static RobotCommand Sent(string type)
    {
        var command = new RobotCommand(new RobotCommandId(1), new TenantId(2), new RobotId(3), type, "{}", "test", 0);
        command.Waits(Now, place: 0, weight: 1, Now, Now.AddMinutes(10));
        command.Send(Now);
        return command;
    }
}
