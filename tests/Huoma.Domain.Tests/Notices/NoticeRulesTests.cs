using Huoma.Domain.Notices;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Tests.Notices;

public sealed class NoticeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly UsePace Calm = new(0, TimeSpan.FromMinutes(30), 0);

    [Theory]
    [InlineData(48 * 60 + 1, null)]
    [InlineData(48 * 60, 48)]
    [InlineData(24 * 60 + 1, 48)]
    [InlineData(24 * 60, 24)]
    [InlineData(2 * 60 + 1, 24)]
    [InlineData(2 * 60, 2)]
    [InlineData(1, 2)]
    public void Of_TellsTheStageReached(int minutesLeft, int? stage)
    {
        var events = NoticeRules.Of(Code(Calm, Slot(1, TimeSpan.FromMinutes(minutesLeft))), Now).ToList();

        events.Select(found => (found.Kind, found.HoursBefore)).ShouldBe(stage is null ? [] : [(NoticeKind.SlotExpiring, stage)]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-48 * 60, true)]
    [InlineData(-48 * 60 - 1, false)]
    public void Of_TellsOfAnExpiredSlot_WhileItIsNews(int minutesLeft, bool told)
    {
        var events = NoticeRules.Of(Code(Calm, Slot(1, TimeSpan.FromMinutes(minutesLeft)), Slot(2), Slot(3)), Now);

        events.Any(found => found.Kind == NoticeKind.SlotExpired).ShouldBe(told);
    }

    [Fact]
    public void Of_SaysNothing_OfACodeThatHasNoSlotYet() => NoticeRules.Of(Code(Calm), Now).ShouldBeEmpty();

    [Theory]
    [InlineData(100, 79, new NoticeKind[0])]
    [InlineData(100, 80, new[] { NoticeKind.CodeRunningOut })]
    [InlineData(100, 100, new[] { NoticeKind.CodeExhausted })]
    public void Of_TellsOfPlaces(int threshold, int pressed, NoticeKind[] kinds) =>
        NoticeRules.Of(Code(Calm, Slot(1, threshold: threshold, pressed: pressed)), Now).Select(found => found.Kind).ShouldBe(kinds);

    [Fact]
    public void Of_TellsOfTheLastGroup_WhenTheOthersAreUsedUp()
    {
        NoticeRules.Of(Code(Calm, Slot(1, pressed: 100), Slot(2)), Now).Single().Kind.ShouldBe(NoticeKind.LastSlot);
        NoticeRules.Of(Code(Calm, Slot(1, pressed: 100), Slot(2), Slot(3)), Now).ShouldBeEmpty();
        NoticeRules.Of(Code(Calm, Slot(1)), Now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(50, 30, 50, 100.0)]
    [InlineData(0, 30, 60, 40.0)]
    [InlineData(50, 15, 0, 200.0)]
    [InlineData(50, 5, 0, 46.15)]
    public void Pace_CountsTheLastHours_AndABurstByItself(int thisHour, int minutesInto, int before, double perHour) =>
        new UsePace(thisHour, TimeSpan.FromMinutes(minutesInto), before).PerHour!.Value.ShouldBe(perHour, 0.01);

    [Fact]
    public void Pace_IsUnknown_WhenTooFewCame() => new UsePace(2, TimeSpan.FromMinutes(30), 2).PerHour.ShouldBeNull();

    [Fact]
    public void Of_Forecasts_WhenPlacesAreGoneWithinHours()
    {
        var fast = new UsePace(20, TimeSpan.FromMinutes(30), 40);

        var found = NoticeRules.Of(Code(fast, Slot(1), Slot(2)), Now).Single();

        (found.Kind, found.PlacesLeft, found.LastsFor).ShouldBe((NoticeKind.CodeForecast, 200, TimeSpan.FromHours(5)));
        NoticeRules.Of(Code(fast, Slot(1), Slot(2), Slot(3)), Now).ShouldBeEmpty();
        // Nearly used up is said once, with the forecast in it.
        var scarce = NoticeRules.Of(Code(fast, Slot(1, pressed: 90)), Now).Single();
        (scarce.Kind, scarce.LastsFor).ShouldBe((NoticeKind.CodeRunningOut, TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void Key_ChangesWithWhatAnOperatorChanges_AndWithNothingElse()
    {
        string Key(params WatchedSlot[] slots) => NoticeRules.Of(Code(Calm, slots), Now).First(found => found.Slot is null).Key;
        var key = Key(Slot(1, pressed: 100));

        Key(Slot(1, pressed: 130)).ShouldBe(key);
        Key(Slot(1, threshold: 90, pressed: 130)).ShouldNotBe(key);
        Key(Slot(1, round: 2, pressed: 100)).ShouldNotBe(key);
        Key(Slot(1, TimeSpan.FromDays(8), pressed: 100)).ShouldNotBe(key);
        Key(Slot(1, pressed: 100), Slot(2, pressed: 100)).ShouldNotBe(key);

        string Picture(long imageId, TimeSpan lasts) => NoticeRules.Of(Code(Calm, Slot(1, lasts) with { ImageId = new ImageId(imageId) }), Now).Single().Key;
        Picture(1, TimeSpan.FromHours(3)).ShouldNotBe(Picture(2, TimeSpan.FromHours(3)));
        Picture(1, TimeSpan.FromHours(3)).ShouldNotBe(Picture(1, TimeSpan.FromHours(4)));
        Picture(1, TimeSpan.FromHours(3)).ShouldNotBe(Picture(1, TimeSpan.FromHours(30)));
    }

    private static CodeUnderWatch Code(UsePace pace, params WatchedSlot[] slots) => new(new LiveCodeId(7), new TenantId(1), "读书会", slots, pace);

    private static WatchedSlot Slot(long id, TimeSpan? lasts = null, int threshold = 100, int pressed = 0, int round = 1) =>
        new(new SlotState(new SlotId(id), round, enabled: true, Now + (lasts ?? TimeSpan.FromDays(7)), threshold, pressed), $"{id}群", new ImageId(id));
}
