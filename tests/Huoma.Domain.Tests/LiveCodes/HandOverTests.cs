using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.LiveCodes;

public sealed class HandOverTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    private readonly LiveCode group = Make(1, LiveCodeKind.Group);
    private readonly LiveCode card = Make(2, LiveCodeKind.Card);

    [Theory]
    [InlineData(HandOverWhen.Immediately, null)]
    [InlineData(HandOverWhen.Exhausted, null)]
    [InlineData(HandOverWhen.AfterPresses, 1)]
    public void HandsOver_TakesAnyMoment_FromAGroupToACard(HandOverWhen when, int? afterPresses)
    {
        group.HandsOver(To(card, when, afterPresses), card).ShouldBeNull();

        group.HandOver.ShouldBe(To(card, when, afterPresses));
    }

    [Fact]
    public void HandsOver_OnlyAfterPresses_FromACard()
    {
        card.HandsOver(To(group, HandOverWhen.AfterPresses, 100), group).ShouldBeNull();

        card.HandsOver(To(group, HandOverWhen.Immediately), group).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-when");
        card.HandsOver(To(group, HandOverWhen.Exhausted), group).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-when");
        card.HandOver.AfterPresses.ShouldBe(100);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(HandOver.MaxAfterPresses + 1)]
    public void HandsOver_NeedsALimit_AfterPresses(int? afterPresses)
    {
        var refusal = group.HandsOver(To(card, HandOverWhen.AfterPresses, afterPresses), card).ShouldNotBeNull();

        refusal.Code.ShouldBe("live-code.hand-over-after-presses");
        refusal.Field.ShouldBe("handOver.afterPresses");
    }

    [Fact]
    public void HandsOver_RefusesNoneAndItselfAndItsOwnKind()
    {
        var other = Make(3, LiveCodeKind.Group);

        group.HandsOver(new HandOver(Enabled: true, TargetId: null, HandOverWhen.Immediately, null), target: null)
            .ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-without-target");
        group.HandsOver(To(card, HandOverWhen.Immediately), target: null).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-target-missing");
        group.HandsOver(To(other, HandOverWhen.Immediately), other).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-same-kind");
        group.HandsOver(To(group, HandOverWhen.Immediately), group).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-same-kind");
        group.HandOver.ShouldBe(HandOver.Off(LiveCodeKind.Group));
    }

    [Fact]
    public void HandsOver_RefusesToGoRoundInCircles_UntilTheOtherIsOff()
    {
        card.HandsOver(To(group, HandOverWhen.AfterPresses, 10), group).ShouldBeNull();

        group.HandsOver(To(card, HandOverWhen.Exhausted), card).ShouldNotBeNull().Code.ShouldBe("live-code.hand-over-loop");

        card.HandsOver(card.HandOver with { Enabled = false }, group).ShouldBeNull();
        group.HandsOver(To(card, HandOverWhen.Exhausted), card).ShouldBeNull();
    }

    [Fact]
    public void HandsOver_KeepsWhatItNoLongerChecks_WhileItIsOff()
    {
        group.HandsOver(new HandOver(Enabled: false, card.Id, HandOverWhen.Immediately, AfterPresses: 7), target: null).ShouldBeNull();

        group.HandOver.TargetId.ShouldBe(card.Id);
        group.HandOver.AfterPresses.ShouldBeNull();
    }

    [Fact]
    public void Recycles_IsForCardsOnly_AmongCodesBuiltByHand()
    {
        card.Recycles(true).ShouldBeNull();
        card.Recycle.ShouldBeTrue();

        group.Recycles(true).ShouldNotBeNull().Field.ShouldBe("recycle");
        group.Recycles(false).ShouldBeNull();
    }

    [Fact]
    public void Delete_IsRefused_WhileAnotherCodeHandsOverHere()
    {
        card.Delete(Now, handsOverHere: "读书会").ShouldNotBeNull().Message.ShouldContain("读书会");

        card.DeletedAt.ShouldBeNull();
    }

    private static HandOver To(LiveCode target, HandOverWhen when, int? afterPresses = null) => new(Enabled: true, target.Id, when, afterPresses);

    private static LiveCode Make(long id, LiveCodeKind kind) =>
        new(new LiveCodeId(id), new TenantId(1), $"number{id}", $"key{id}", kind, Building.Manual, Now);
}
