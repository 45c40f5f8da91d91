using Huoma.Domain.Groups;
using Huoma.Domain.Notices;
using Huoma.Domain.Robots;

namespace Huoma.Domain.Tests.Notices;

public sealed class TroubleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly RobotUnderWatch Robot = new(new RobotId(7), new TenantId(1), "一号机", IsConnected: true, Now.AddDays(-1), LoginState.Online, Now.AddDays(-1));
    private static readonly GroupUnderWatch Group = new(
        new GroupId(8), new TenantId(1), new LiveCodeId(9), "读书会", "读书会2", GroupStage.Made, Retired: false, null, null, Now.AddDays(-6), Now.AddDays(-1));

    [Fact]
    public void Robot_IsToldOf_WhenItsGatewayIsGoneForLong()
    {
        Of(Robot).ShouldBeNull();
        Of(Robot with { IsConnected = false, Since = Now - Patience + TimeSpan.FromSeconds(1) }).ShouldBeNull();
        var gone = Of(Robot with { IsConnected = false, Since = Now - Patience }).ShouldNotBeNull();
        (gone.Kind, gone.RobotId, gone.Name, gone.Since).ShouldBe((NoticeKind.RobotOffline, Robot.Id, "一号机", Now - Patience));
        Of(Robot with { IsConnected = false, Since = null }).ShouldBeNull("it never came");
    }

    [Fact]
    public void Robot_IsToldOfOnce_EachTimeItGoes()
    {
        var gone = Robot with { IsConnected = false, Since = Now.AddHours(-1) };

        TroubleRules.Of(gone, Patience, Now.AddDays(3))?.Key.ShouldBe(Of(gone)?.Key);
        Of(gone with { Since = Now.AddMinutes(-30) })?.Key.ShouldNotBe(Of(gone)?.Key);
    }

    [Fact]
    public void Robot_IsToldOf_WhenItsAccountIsLoggedOut()
    {
        Of(Robot with { Login = LoginState.Offline, LoginAt = Now - Patience })?.Kind.ShouldBe(NoticeKind.RobotOffline);
        Of(Robot with { Login = LoginState.Scanning, LoginAt = Now - TroubleRules.ScanPatience })?.Kind.ShouldBe(NoticeKind.RobotNeedsLogin);
        Of(Robot with { Login = LoginState.Scanning, LoginAt = Now.AddSeconds(-30) }).ShouldBeNull("somebody is scanning it");
        Of(Robot with { Login = LoginState.Stopped, LoginAt = Now.AddDays(-1) }).ShouldBeNull("somebody stopped it");
    }

    [Fact]
    public void Group_IsToldOf_WhenItFailed_AndAgainWhenItFailsAgain()
    {
        var failed = Group with { Stage = GroupStage.Failed, Failure = "太频繁", FailedAt = Now.AddHours(-1) };

        TroubleRules.Of(Group, Now).ShouldBeNull();
        TroubleRules.Of(failed, Now).ShouldNotBeNull().Detail.ShouldBe("太频繁");
        TroubleRules.Of(failed with { FailedAt = Now }, Now)?.Key.ShouldNotBe(TroubleRules.Of(failed, Now)?.Key);
    }

    [Fact]
    public void Group_IsToldOf_WhenItsQrShouldHaveBeenReplaced()
    {
        var old = Group with { QrIssuedAt = Now - GroupPlan.QrRefreshesAfter - TroubleRules.RefreshPatience };

        TroubleRules.Of(old, Now)?.Kind.ShouldBe(NoticeKind.GroupQrMissing);
        TroubleRules.Of(old with { QrIssuedAt = old.QrIssuedAt?.AddMinutes(1) }, Now).ShouldBeNull();
        TroubleRules.Of(old with { Retired = true }, Now).ShouldBeNull("nobody new is shown it");
        TroubleRules.Of(old with { Stage = GroupStage.Dismissed }, Now).ShouldBeNull();
        TroubleRules.Of(Group with { QrIssuedAt = null }, Now)?.Kind.ShouldBe(NoticeKind.GroupQrMissing);
        TroubleRules.Of(Group with { QrIssuedAt = null, CreatedAt = Now.AddMinutes(-10) }, Now).ShouldBeNull();
    }

    [Fact]
    public void Balance_IsToldOf_WhenFewAreLeftAndWhenNoneIs_AndAnewAfterAGrant()
    {
        var few = new QuotaUnderWatch(new TenantId(1), TroubleRules.FewGroups, new QuotaEntryId(3));

        TroubleRules.Of(few with { Left = TroubleRules.FewGroups + 1 }, Now).ShouldBeNull();
        var told = new[] { few, few with { Left = 1 }, few with { Left = 0 }, few with { Left = -1 }, few with { LastGrant = new QuotaEntryId(4) } }
            .Select(quota => TroubleRules.Of(quota, Now)?.Key).ToList();
        told.Distinct().Count().ShouldBe(3);
        (told[0], told[2]).ShouldBe((told[1], told[3]));
    }

    private static Trouble? Of(RobotUnderWatch robot) => TroubleRules.Of(robot, Patience, Now);
}
