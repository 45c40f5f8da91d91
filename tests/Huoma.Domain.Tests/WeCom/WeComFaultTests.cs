using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;

namespace Huoma.Domain.Tests.WeCom;

public sealed class WeComFaultTests
{
    [Theory]
    [InlineData(-1, "wecom.busy", ErrorCodes.RateLimited, 5)]
    [InlineData(45009, "wecom.rate-limited", ErrorCodes.RateLimited, 60)]
    [InlineData(45033, "wecom.rate-limited", ErrorCodes.RateLimited, 5)]
    [InlineData(40001, "wecom.secret", ErrorCodes.RobotOffline, null)]
    [InlineData(42001, "wecom.secret", ErrorCodes.RobotOffline, null)]
    [InlineData(40013, "wecom.corp-id", ErrorCodes.RobotOffline, null)]
    [InlineData(60020, "wecom.ip-not-trusted", ErrorCodes.RobotOffline, null)]
    [InlineData(48002, "wecom.no-permission", ErrorCodes.RobotOffline, null)]
    [InlineData(60011, "wecom.no-permission", ErrorCodes.PuppetError, null)]
    [InlineData(90501, "wecom.no-such-group", ErrorCodes.RoomNotFound, null)]
    [InlineData(12345, "wecom.refused", ErrorCodes.PuppetError, null)]
    public void Of_SaysWhatItMeans(int errcode, string code, string word, int? seconds)
    {
        var fault = WeComFault.Of(errcode);

        (fault.Code, fault.Word, fault.RetryAfter, fault.Number).ShouldBe((code, word, seconds is { } some ? TimeSpan.FromSeconds(some) : null, errcode));
        fault.Message.ShouldNotBeEmpty();
    }

    [Fact]
    public void Faults_AreAboutSettings_OrAboutOneThing_OrPass()
    {
        int[] settings = [40001, 40013, 60020, 48002];
        int[] one = [60011, 90501, 84074, 12345];
        int[] passing = [-1, 45009, 45033];

        settings.ShouldAllBe(errcode => WeComFault.Of(errcode).IsAboutSettings && !WeComFault.Of(errcode).IsAboutThis);
        one.ShouldAllBe(errcode => !WeComFault.Of(errcode).IsAboutSettings && WeComFault.Of(errcode).IsAboutThis);
        passing.ShouldAllBe(errcode => !WeComFault.Of(errcode).IsAboutSettings && !WeComFault.Of(errcode).IsAboutThis);

        // What the platform did not even answer says nothing about the thing that was asked for.
        WeComFault.Unreachable.IsAboutThis.ShouldBeFalse();
        WeComFault.Strange.IsAboutThis.ShouldBeFalse();
        WeComFault.Unreachable.IsAboutSettings.ShouldBeFalse();
    }

    [Theory]
    [InlineData("create", "", ChatChangeKind.Created)]
    [InlineData("dismiss", null, ChatChangeKind.Dismissed)]
    [InlineData("update", "add_member", ChatChangeKind.Joined)]
    [InlineData("update", "del_member", ChatChangeKind.Left)]
    [InlineData("update", "change_name", ChatChangeKind.Changed)]
    [InlineData("update", "something_new", ChatChangeKind.Changed)]
    [InlineData("other", "add_member", null)]
    [InlineData(null, null, null)]
    public void KindOf_GoesByTheDetail(string? changeType, string? detail, ChatChangeKind? kind) => ChatChange.KindOf(changeType, detail).ShouldBe(kind);

    [Fact]
    public void StateOf_Fits_AndIsKnownAgain()
    {
        var id = new GroupId(long.MaxValue);

        JoinWay.StateOf(id).Length.ShouldBeLessThanOrEqualTo(JoinWay.StateMaxLength - "_12345678901".Length);
        JoinWay.IsOurs(JoinWay.StateOf(id), id).ShouldBeTrue();
        JoinWay.IsOurs(JoinWay.StateOf(new GroupId(1)), id).ShouldBeFalse();
        JoinWay.IsOurs(null, id).ShouldBeFalse();
    }
}
