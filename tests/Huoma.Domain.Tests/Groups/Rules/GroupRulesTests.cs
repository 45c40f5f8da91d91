using Huoma.Domain.Accounts;
using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.Groups.Rules;

public sealed class GroupRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly GroupPost Hello = new(PostKind.Text, "欢迎");

    [Fact]
    public void Become_SaysNo_WhenWhatIsOnHasNothingToSay()
    {
        var rules = new GroupRules(Code(Building.Auto), Now);

        Become(rules, welcome: new WelcomeMessage(Enabled: true, 10, []))?.Field.ShouldBe("welcome.messages");
        Become(rules, reminder: new ImageReminder(Enabled: true, 10, ""))?.Field.ShouldBe("imageReminder.text");
        Become(rules, kick: new KeywordKick(Enabled: true, []))?.Field.ShouldBe("keywordKick.keywords");
        Become(rules, welcome: new WelcomeMessage(Enabled: true, 10, [Hello])).ShouldBeNull();
        GroupRules.CanBeKept(Code(Building.Auto)).ShouldBeNull();
        GroupRules.CanBeKept(Code(Building.Manual))?.Code.ShouldBe("rules.not-auto");
    }

    [Fact]
    public void Keywords_CountFromWhenTheyWereSet_AndStaffStay()
    {
        var rules = new GroupRules(Code(Building.Auto), Now);
        var kick = new KeywordKick(Enabled: true, ["加微信"]);
        Become(rules, kick: kick, at: Now.AddHours(1), staff: ["helper"]).ShouldBeNull();
        Become(rules, kick: kick, welcome: new WelcomeMessage(Enabled: true, 10, [Hello]), at: Now.AddHours(2)).ShouldBeNull();

        rules.KeywordsSince.ShouldBe(Now.AddHours(1));
        rules.StaffIds.ShouldBe(["helper"]);
    }

    [Fact]
    public void Announcement_GoesOnWhereItStopped()
    {
        var link = new GroupPost(PostKind.Link, Title: "直播间", Url: "https://example.com");
        var loud = new Announcement(new AnnouncementId(1), Code(Building.Auto), "今晚八点", atAll: true, [Hello, link]);
        loud.NextAfter(0).ShouldBe(new AnnouncementStep.Announce("今晚八点"));
        Posts(loud, 1).ShouldBe([Hello, link]);
        Posts(loud, 2).ShouldBe([link]);
        loud.NextAfter(3).ShouldBeNull();

        var quiet = new Announcement(new AnnouncementId(1), Code(Building.Auto), "今晚八点", atAll: false, [link]);
        Posts(quiet, 0).ShouldBe([new GroupPost(PostKind.Text, "今晚八点"), link]);
        Posts(quiet, 1).ShouldBe([link]);
    }

    [Fact]
    public void Delivery_IsTriedAgain_OnlyWhenItFailed()
    {
        var code = Code(Building.Auto);
        var announcement = new Announcement(new AnnouncementId(1), code, "今晚八点", atAll: true, [Hello]);
        var delivery = new AnnouncementDelivery(new AnnouncementDeliveryId(2), announcement, new Group(new GroupId(3), code, 1, new RobotId(4), Now), Now);
        delivery.TriesAgain(Now).ShouldBeFalse("it is on its way");

        delivery.Advances(1, announcement, Now);
        delivery.Fails("不在线", Now);
        delivery.TriesAgain(Now).ShouldBeTrue();
        (delivery.State, delivery.Sent, delivery.Failure).ShouldBe((AnnouncementState.Waiting, 1, null));
        delivery.Advances(9, announcement, Now);
        (delivery.State, delivery.Sent).ShouldBe((AnnouncementState.Sent, 2));
        delivery.IsUnknown("?", Now);
        delivery.TriesAgain(Now).ShouldBeFalse("perhaps it is there");
    }

    [Theory]
    [InlineData("https://example.com/a?b=1", true)]
    [InlineData("http://example.com", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("weixin://dl/chat", false)]
    [InlineData("example.com", false)]
    [InlineData("https://", false)]
    [InlineData(null, false)]
    public void Link_IsAWebAddress(string? url, bool isOne) => GroupPost.IsWebAddress(url).ShouldBe(isOne);

    private static IReadOnlyList<GroupPost> Posts(Announcement announcement, int sent) => announcement.NextAfter(sent).ShouldBeOfType<AnnouncementStep.Send>().Posts;

    private static Refusal? Become(
        GroupRules rules, WelcomeMessage? welcome = null, ImageReminder? reminder = null, KeywordKick? kick = null, DateTimeOffset? at = null, IReadOnlyList<string>? staff = null) =>
        rules.Become(welcome ?? WelcomeMessage.None, reminder ?? ImageReminder.None, kick ?? KeywordKick.None, staff, at ?? Now);

    private static LiveCode Code(Building building) => new(new LiveCodeId(1), new Id<Tenant>(1), "202611220930001234567", "b7Kq2", LiveCodeKind.Group, building, Now);
}
