using Huoma.Domain.Accounts;
using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.Groups;

/// <summary>Spec E.5 item 8 as plain calls.</summary>
public sealed class GroupPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly RobotId Robot = new(7);

    [Fact]
    public void First_MakesAllOfTheAllocation_AsFarAsTheBalanceGoes()
    {
        var code = Code();

        Created(code, []).ShouldBe([2, 3]);
        Created(code, [], groupsLeft: 1).ShouldBe([2]);
        Created(code, [], groupsLeft: 0).ShouldBeEmpty();
        Created(code, [Made(code, 2)]).ShouldBe([3]);
    }

    [Fact]
    public void Names_AreThemeAndNumber()
    {
        var code = Code();

        new[] { 2, 3, 4 }.Select(number => Made(code, number).Name).ShouldBe(["进群宝演示群2", "进群宝演示群3", "进群宝演示群4"]);
    }

    [Fact]
    public void Replenish_MakesTheNextNumber_WhenTheLastWithRoomIsHalfFull()
    {
        var code = Code();
        List<Group> groups = [Made(code, 2, members: 180), Made(code, 3, members: 89)];

        Created(code, groups).ShouldBeEmpty();
        groups[1].Has(90, recycle: false);
        Created(code, groups).ShouldBe([4]);
        Created(code, groups, groupsLeft: 0).ShouldBeEmpty();
        Created(code, [.. groups, new Group(new GroupId(4), code, 4, Robot, Now)]).ShouldBeEmpty("one is on its way");
        Created(code, [.. groups, Made(code, 4)]).ShouldBeEmpty();
    }

    [Fact]
    public void Replenish_IsNotDone_WhenSwitchedOffOrClosedOrDeleted()
    {
        var code = Code();
        List<Group> full = [Made(code, 2, members: 180), Made(code, 3, members: 200)];
        Created(code, full).ShouldBe([4]);

        code.Rebuilds(180, replenish: false, blacklist: false).ShouldBeNull();
        Created(code, full).ShouldBeEmpty();
        code.Rebuilds(180, replenish: true, blacklist: false).ShouldBeNull();
        code.Turn(LiveCodeStatus.Off);
        Created(code, full).ShouldBeEmpty();
        code.Turn(LiveCodeStatus.On);
        code.Delete(Now, handsOverHere: null).ShouldBeNull();
        GroupPlan.Next(code, full, 10, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Failed_IsLeftToPeople_AndStopsReplenishing()
    {
        var code = Code();
        List<Group> groups = [Made(code, 2, members: 180), Made(code, 3, members: 180), new(new GroupId(4), code, 4, Robot, Now)];
        groups[2].Fails("太频繁", Now);

        Created(code, groups).ShouldBeEmpty();
        groups[2].TriesAgain(Robot).ShouldBeNull();
        groups[2].Stage.ShouldBe(GroupStage.Creating);
        groups[0].TriesAgain(Robot)?.Code.ShouldBe("group.not-failed");
    }

    [Fact]
    public void Retired_IsRetired_UnlessGroupsAreRecycled()
    {
        var group = Made(Code(), 2, members: 180);
        group.Room.ShouldBe(0);

        group.Has(150, recycle: false);
        group.Room.ShouldBe(0);
        group.Has(150, recycle: true);
        group.Room.ShouldBe(30);
    }

    [Fact]
    public void RaisingTheThreshold_OpensAGroupAgain()
    {
        var group = Made(Code(), 2, members: 180);

        group.SwitchesAt(200, recycle: false).ShouldBeNull();
        group.Room.ShouldBe(20);
        group.SwitchesAt(0, recycle: false)?.Field.ShouldBe("memberThreshold");
        group.SwitchesAt(100, recycle: false).ShouldBeNull();
        group.Room.ShouldBe(0);
    }

    [Fact]
    public void Qr_IsFetched_AtFirstAndBeforeItIsFiveDaysOld()
    {
        var code = Code();
        var group = Made(code, 2);
        Steps<GroupStep.FetchQr>(code, [group], Now).ShouldHaveSingleItem();

        group.Shows(new SlotId(1), Now, Now.AddDays(7));
        Steps<GroupStep.FetchQr>(code, [group], Now.AddDays(4.5).AddSeconds(-1)).ShouldBeEmpty();
        Steps<GroupStep.FetchQr>(code, [group], Now.AddDays(4.5)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Members_AreCompared_EveryTenMinutes()
    {
        var code = Code();
        var group = Made(code, 2);
        Steps<GroupStep.CompareMembers>(code, [group], Now).ShouldHaveSingleItem();

        group.IsCompared(Now);
        Steps<GroupStep.CompareMembers>(code, [group], Now.AddMinutes(9)).ShouldBeEmpty();
        Steps<GroupStep.CompareMembers>(code, [group], Now.AddMinutes(10)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(-1, 2, "演示", 180, 10, "live-code.auto-groups-out-of-range")]
    [InlineData(2, -1, "演示", 180, 10, "live-code.auto-number-out-of-range")]
    [InlineData(2, 2, "演示", 180, 1, "quota.not-enough")]
    [InlineData(2, 2, "演示", 180, 0, "quota.not-enough")]
    [InlineData(2, 9, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九", 180, 10, "live-code.auto-theme-too-long")]
    [InlineData(2, 2, "演示", 501, 10, "live-code.member-threshold-out-of-range")]
    [InlineData(2, 8, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九", 500, 2, null)]
    public void Builds_SaysWhatCanNotBe(int groups, int first, string theme, int threshold, long left, string? code) =>
        new AutoBuild(groups, theme, first, threshold, Replenish: true, Blacklist: false).CanBeBuilt(left)?.Code.ShouldBe(code);

    internal static LiveCode Code()
    {
        var code = new LiveCode(new LiveCodeId(1), new Id<Tenant>(1), "202611220930001234567", "b7Kq2", LiveCodeKind.Group, Building.Auto, Now);
        code.Builds(new AutoBuild(2, "进群宝演示群", 2, 180, Replenish: true, Blacklist: false), groupsLeft: 2).ShouldBeNull();
        return code;
    }

    internal static Group Made(LiveCode code, int number, int members = 3)
    {
        var group = new Group(new GroupId(number), code, number, Robot, Now);
        group.IsMade($"{number}@chatroom", isNamed: true);
        group.Has(members, recycle: false);
        return group;
    }

    [Fact]
    public void Linked_ComeAfterWhatRobotsMake_AndGiveRoomToo()
    {
        var code = Code();
        GroupPlan.NumberOfLinked(code, []).ShouldBe(4, "two and three are the robots'");
        var linked = Linked(code, 4);
        Created(code, [linked]).ShouldBe([2, 3]);
        GroupPlan.NumberOfLinked(code, [linked]).ShouldBe(5);
        Created(code, [Made(code, 2, members: 180), Made(code, 3, members: 200), linked]).ShouldBeEmpty("it has room");
    }

    [Fact]
    public void CodesWithoutRobotsGroups_AreNeverReplenished()
    {
        var code = new LiveCode(new LiveCodeId(2), new Id<Tenant>(1), "202611220930001234568", "b7Kq3", LiveCodeKind.Group, Building.Auto, Now);
        code.Builds(new AutoBuild(0, "企微", 1, 180, Replenish: true, Blacklist: false), groupsLeft: 0).ShouldBeNull();

        Created(code, []).ShouldBeEmpty();
        Created(code, [Linked(code, 1)]).ShouldBeEmpty();
        GroupPlan.NumberOfLinked(code, []).ShouldBe(1);
    }

    [Fact]
    public void Linked_HasItsOwnName_AndCanBeRemovedOnce()
    {
        var code = Code();
        var group = Linked(code, 4);
        (group.Name, group.RealName, group.Stage).ShouldBe(("护肤群", "护肤群", GroupStage.Made));
        group.Renames("我来改名")?.Code.ShouldBe("group.linked-name");
        group.Renames("护肤群").ShouldBeNull();
        group.IsCalled("护肤一群");
        group.Name.ShouldBe("护肤一群");

        group.CanBeUnlinked().ShouldBeNull();
        group.IsUnlinked();

        (group.RoomId, group.Stage, group.Room).ShouldBe((null, GroupStage.Dismissed, 0));
        group.CanBeUnlinked()?.Code.ShouldBe("group.not-linked");
        Made(code, 2).CanBeUnlinked()?.Code.ShouldBe("group.not-linked");
    }

    private static Group Linked(LiveCode code, int number)
    {
        var group = new Group(new GroupId(number), code, number, Robot, Now);
        group.IsLinked($"wr{number}", "护肤群");
        return group;
    }

    private static List<int> Created(LiveCode code, IReadOnlyCollection<Group> groups, long groupsLeft = 10) =>
        GroupPlan.Next(code, groups, groupsLeft, Now).OfType<GroupStep.Create>().Select(step => step.Number).ToList();

    private static List<T> Steps<T>(LiveCode code, IReadOnlyCollection<Group> groups, DateTimeOffset now)
        where T : GroupStep => GroupPlan.Next(code, groups, 10, now).OfType<T>().ToList();
}
