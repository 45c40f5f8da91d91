using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;

namespace Huoma.Domain.Tests.LiveCodes;

public sealed class LiveCodeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_IsOnAndSticky_WithoutAWelcomePage()
    {
        var liveCode = Make();

        liveCode.Status.ShouldBe(LiveCodeStatus.On);
        liveCode.Sticky.ShouldBeTrue();
        liveCode.Welcome.ShouldBe(WelcomePage.Hidden);
        liveCode.Seats.ShouldBe(SeatRules.Off);
        liveCode.DeletedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(LiveCodeKind.Group, Building.Manual, null)]
    [InlineData(LiveCodeKind.Card, Building.Manual, null)]
    [InlineData(LiveCodeKind.Card, Building.Auto, "live-code.card-building")]
    [InlineData(LiveCodeKind.Group, Building.Auto, null)]
    public void CanBeMade_OnlyWhatIsServed(LiveCodeKind kind, Building building, string? code) => LiveCode.CanBeMade(kind, building)?.Code.ShouldBe(code);

    [Fact]
    public void EveryChange_MakesANewVersion()
    {
        var liveCode = Make();
        Action[] changes =
        [
            () => liveCode.Describe("名", "注"),
            () => liveCode.Sticks(false),
            () => liveCode.Turn(LiveCodeStatus.Off),
            () => liveCode.Welcomes(WelcomePage.Hidden with { GroupIntro = "介" }).ShouldBeNull(),
            () => liveCode.Caps(new SeatRules(100, 5)).ShouldBeNull(),
            () => liveCode.AddsSlot(0).ShouldBeNull(),
            liveCode.SlotsChanged,
            () => liveCode.HandsOver(HandOver.Off(LiveCodeKind.Group), target: null).ShouldBeNull(),
            () => liveCode.Recycles(false).ShouldBeNull(),
            () => liveCode.Delete(Now, handsOverHere: null).ShouldBeNull(),
        ];

        foreach (var change in changes)
        {
            var before = liveCode.Version;
            change();
            liveCode.Version.ShouldBeGreaterThan(before);
        }
    }

    [Fact]
    public void Welcomes_NeedsAPicture_OnlyWhileItIsShown()
    {
        var liveCode = Make();
        var version = liveCode.Version;

        var refusal = liveCode.Welcomes(new WelcomePage(Enabled: true, ImageId: null, "", ""));

        refusal.ShouldNotBeNull().Field.ShouldBe("welcome.imageId");
        liveCode.Version.ShouldBe(version);
        liveCode.Welcome.ShouldBe(WelcomePage.Hidden);
        liveCode.Welcomes(new WelcomePage(Enabled: true, new ImageId(1), "", "")).ShouldBeNull();
    }

    [Fact]
    public void Caps_ChangesNothing_WhenItIsRefused()
    {
        var liveCode = Make();
        liveCode.Caps(new SeatRules(100, 5)).ShouldBeNull();
        var version = liveCode.Version;

        liveCode.Caps(new SeatRules(null, 5)).ShouldNotBeNull().Code.ShouldBe("live-code.lease-without-cap");

        (liveCode.Seats, liveCode.Version).ShouldBe((new SeatRules(100, 5), version));
    }

    [Theory]
    [InlineData(750, 420, true)]
    [InlineData(420, 750, false)]
    [InlineData(1500, 840, false)]
    public void WelcomePage_ShowsOneSizeOnly(int width, int height, bool can)
    {
        var image = new Image(new ImageId(1), new TenantId(1), "hash", "jpg", Now);
        image.Measures(width, height, 1);

        WelcomePage.CanShow(image).ShouldBe(can);
    }

    [Fact]
    public void IsStill_RefusesAnOlderForm()
    {
        var liveCode = Make();
        var seen = liveCode.Version;
        liveCode.IsStill(seen).ShouldBeNull();
        liveCode.Turn(LiveCodeStatus.Off);

        liveCode.IsStill(seen).ShouldNotBeNull().Code.ShouldBe("live-code.changed-meanwhile");
        liveCode.IsStill(null).ShouldBeNull();
    }

    [Fact]
    public void AddsSlot_StopsAtTheLimit()
    {
        var liveCode = Make();

        liveCode.AddsSlot(Slot.MaxPerLiveCode - 1).ShouldBeNull();
        liveCode.AddsSlot(Slot.MaxPerLiveCode).ShouldNotBeNull().Code.ShouldBe("live-code.too-many-slots");
    }

    [Fact]
    public void Delete_KeepsTheFirstTime()
    {
        var liveCode = Make();
        liveCode.Delete(Now, handsOverHere: null);
        liveCode.Delete(Now.AddDays(1), handsOverHere: null);

        liveCode.DeletedAt.ShouldBe(Now);
    }

    [Fact]
    public void Restore_BringsItBack_Within30Days()
    {
        var liveCode = Make();
        liveCode.Turn(LiveCodeStatus.Off);
        liveCode.Delete(Now, handsOverHere: null);
        var version = liveCode.Version;
        liveCode.RestorableUntil.ShouldBe(Now.AddDays(30));

        liveCode.Restore(Now.AddDays(30)).ShouldNotBeNull().Code.ShouldBe("recycle-bin.too-late");
        (liveCode.DeletedAt, liveCode.Version).ShouldBe((Now, version));

        liveCode.Restore(Now.AddDays(30).AddTicks(-1)).ShouldBeNull();
        (liveCode.DeletedAt, liveCode.RestorableUntil, liveCode.Status).ShouldBe((null, null, LiveCodeStatus.Off));
        liveCode.Version.ShouldBe(version + 1);
    }

    [Fact]
    public void Restore_SaysNo_AfterThePurge_WhateverTheClockSays()
    {
        var liveCode = Make();
        liveCode.Delete(Now, handsOverHere: null);
        liveCode.Purge(Now.AddDays(30));

        liveCode.Restore(Now).ShouldNotBeNull().Code.ShouldBe("recycle-bin.too-late");
        liveCode.PurgedAt.ShouldBe(Now.AddDays(30));
    }

    [Fact]
    public void SearchText_IsNameRemarkAndNumber_InSmallLetters()
    {
        var liveCode = Make();
        liveCode.Describe("ÉVA 群", "ТЕСТ");

        liveCode.SearchText.ShouldBe("éva 群\nтест\n1");
    }

    [Fact]
    public void Number_IsTheTimeAndSevenDigits()
    {
        var local = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(8));

        LiveCodeNumbers.Number(local, 42).ShouldBe("202611220930000000042");
        LiveCodeNumbers.Number(local, LiveCodeNumbers.Tails - 1).ShouldBe("202611220930009999999");
    }

    private static LiveCode Make() => new(new LiveCodeId(1), new TenantId(1), "1", "k", LiveCodeKind.Group, Building.Manual, Now);
}
