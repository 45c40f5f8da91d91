using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Tests.Visits;

/// <summary>切换 as visitors meet it (D10–D13).</summary>
public sealed class HandOverVisitsTests
{
    private static readonly Moment Now = new Calendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).At(World.Start);

    private readonly LiveCodeVisits card = Code(2, new RotationRules(LiveCodeStatus.On, IsDeleted: false, Sticky: true, HasWelcomePage: false), threshold: 100);
    private long nextPress = 1;

    [Fact]
    public void Scan_ShowsTheOtherCode_Immediately_AndToBoundVisitorsToo()
    {
        var before = Group(handOver: null);
        Slot(before.Scan(1, 0, VisitClient.Other, Now)).ShouldBe(1);
        var group = Group(HandOverWhen.Immediately, hasWelcomePage: true);
        group.Knows(before.ChangedVisitors.Single());

        HandedOver(group.Scan(1, 0, VisitClient.Other, Now, card)).ShouldBe(2);
        HandedOver(group.Scan(2, 0, VisitClient.Other, Now, card)).ShouldBe(2);
    }

    [Fact]
    public void Scan_ShowsTheOtherCode_OnceExhausted_ButBoundVisitorsTheirGroup()
    {
        var group = Group(HandOverWhen.Exhausted);
        var page = group.Scan(1, 0, VisitClient.Other, Now, card);
        Slot(page).ShouldBe(1);
        Press(group, 1, page);

        HandedOver(group.Scan(2, 0, VisitClient.Other, Now, card)).ShouldBe(2);
        Slot(group.Scan(1, 0, VisitClient.Other, Now, card)).ShouldBe(1);
    }

    [Fact]
    public void Scan_ShowsTheOtherCode_FromTheNthPressOn_CountedAsEvents()
    {
        var group = Group(HandOverWhen.AfterPresses, afterPresses: 3, threshold: 100);
        var page = group.Scan(1, 0, VisitClient.Other, Now, card);
        Press(group, 1, page);
        Press(group, 1, page);
        Slot(group.Scan(2, 0, VisitClient.Other, Now, card)).ShouldBe(1);

        Press(group, 1, page);

        HandedOver(group.Scan(3, 0, VisitClient.Other, Now, card)).ShouldBe(2);
        Slot(group.Scan(2, 0, VisitClient.Other, Now, card)).ShouldBe(1);
    }

    [Fact]
    public void Scan_GoesOneHopOnly_EvenWhenTheOtherHandsOverAsWell()
    {
        var further = Code(
            2, new RotationRules(LiveCodeStatus.On, false, true, false, HandOver: new HandOverRule(new LiveCodeId(9), HandOverWhen.Immediately, 0)), threshold: 100);

        HandedOver(Group(HandOverWhen.Immediately).Scan(1, 0, VisitClient.Other, Now, further)).ShouldBe(2);
    }

    [Fact]
    public void Scan_IsOffDuty_AsTheOtherCodeIs()
    {
        var closed = Code(2, new RotationRules(LiveCodeStatus.Off, false, true, false), threshold: 100);

        Group(HandOverWhen.Immediately).Scan(1, 0, VisitClient.Other, Now, closed)
            .ShouldBe(new VisitOutcome.HandedOver(closed.Id, new VisitOutcome.OffDuty(OffDutyReason.Closed)));
    }

    [Fact]
    public void Scan_AsksAgainWithoutATrace_WhenTheCodeHandsOverElsewhereThanWasKnown()
    {
        var group = Group(HandOverWhen.Immediately);

        group.Scan(1, 0, VisitClient.Other, Now).ShouldBe(VisitOutcome.AskAgain.Now);
        group.Enter(1, 0, VisitClient.Other, Now, Code(7, new RotationRules(LiveCodeStatus.On, false, true, false), 1)).ShouldBe(VisitOutcome.AskAgain.Now);

        group.Counted.ShouldBeEmpty();
        group.NewVisits.ShouldBeEmpty();
        group.ChangedVisitors.ShouldBeEmpty();
    }

    [Fact]
    public void Scan_CountsAtBothCodes_AndAtTheOtherAsComingFromHere()
    {
        var group = Group(HandOverWhen.Immediately);

        var page = (VisitOutcome.HandedOver)group.Scan(1, 77, VisitClient.WeChatIos, Now, card);
        Press(card, 1, page.Outcome, channel: -group.Id.Value);

        var there = card.Counted.ShouldHaveSingleItem();
        there.Key.ChannelId.ShouldBe(-1);
        (there.Value.Scans, there.Value.EntranceNewVisitors, there.Value.NewCodePressers, there.Value.EntranceNewPressers).ShouldBe((1, 1, 1, 1));
        var here = group.Counted.ShouldHaveSingleItem();
        here.Key.ChannelId.ShouldBe(77);
        (here.Value.Scans, here.Value.NewVisitors, here.Value.Shows, here.Value.Presses).ShouldBe((1, 1, 0, 0));
        group.NewVisits.ShouldHaveSingleItem().Reason.ShouldBe(Visit.HandOverReason + (int)HandOverWhen.Immediately);
        card.NewVisits.ShouldHaveSingleItem().Reason.ShouldBe((int)ShowReason.FirstUsable);
    }

    [Fact]
    public void Peek_ShowsTheOtherCode_WithoutATrace()
    {
        var group = Group(HandOverWhen.Immediately);

        HandedOver(group.Peek(entered: false, Now, card)).ShouldBe(2);
        group.Peek(entered: false, Now).ShouldBe(VisitOutcome.AskAgain.Now);

        card.Counted.ShouldBeEmpty();
        group.Counted.ShouldBeEmpty();
    }

    private void Press(LiveCodeVisits code, long visitor, VisitOutcome page, long channel = 0)
    {
        var qr = (VisitOutcome.Qr)page;
        code.Press(new Press(visitor, qr.Slot, qr.Round, channel, nextPress++, Now.Now), Now).ShouldBe(PressOutcome.Counted);
    }

    private static long Slot(VisitOutcome page) => page.ShouldBeOfType<VisitOutcome.Qr>().Slot.Value;

    private static long HandedOver(VisitOutcome page) => Slot(page.ShouldBeOfType<VisitOutcome.HandedOver>().Outcome);

    private static LiveCodeVisits Group(HandOverWhen? handOver, bool hasWelcomePage = false, int afterPresses = 0, int threshold = 1) => Code(
        1,
        new RotationRules(
            LiveCodeStatus.On, IsDeleted: false, Sticky: true, hasWelcomePage,
            HandOver: handOver is { } when ? new HandOverRule(new LiveCodeId(2), when, afterPresses) : null),
        threshold);

    private static LiveCodeVisits Code(long id, RotationRules rules, int threshold) =>
        new(new LiveCodeId(id), rules, [new SlotState(new SlotId(id), 1, enabled: true, World.Start.AddDays(7), threshold, 0)]);
}
