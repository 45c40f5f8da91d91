using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Tests.Visits;

public sealed class LiveCodeWarningsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Of_SaysNothing_WhenThereIsEnough() => Of(Make(100, 79, Week)).ShouldBeEmpty();

    [Fact]
    public void Of_SaysNothing_WhenTheCodeIsOff() => LiveCodeWarnings.Of(LiveCodeStatus.Off, [], Now).ShouldBeEmpty();

    [Fact]
    public void Of_WarnsOfACodeWithoutSlots() => Of().ShouldBe([WarningKind.CodeExhausted]);

    [Theory]
    [InlineData(80, WarningKind.CodeRunningOut)]
    [InlineData(99, WarningKind.CodeRunningOut)]
    [InlineData(100, WarningKind.CodeExhausted)]
    [InlineData(130, WarningKind.CodeExhausted)]
    public void Of_WarnsOfTheLastFifth(int pressed, WarningKind kind) => Of(Make(100, pressed, Week)).ShouldBe([kind]);

    [Fact]
    public void Of_CountsAllUsableSlotsTogether()
    {
        Of(Make(100, 100, Week), Make(100, 0, Week)).ShouldBeEmpty();
        Of(Make(100, 100, Week), Make(100, 0, Week, enabled: false)).ShouldBe([WarningKind.CodeExhausted]);
        Of(Make(100, 100, Week), Make(100, 60, Week)).ShouldBe([WarningKind.CodeRunningOut]);
    }

    [Theory]
    [InlineData(39, null)]
    [InlineData(40, WarningKind.CodeRunningOut)]
    [InlineData(50, WarningKind.CodeExhausted)]
    [InlineData(51, WarningKind.CodeExhausted)]
    public void Of_CountsTheSeatsThatAreLeft_WhenThereIsACap(int taken, WarningKind? kind)
    {
        var kinds = Of(new SlotState(new SlotId(1), 1, enabled: true, Now + Week, threshold: 100, pressVisitors: 10, seatCap: 50, seatsTaken: taken));

        kinds.ShouldBe(kind is { } expected ? [expected] : []);
    }

    [Theory]
    [InlineData(48 * 60, true, WarningKind.SlotExpiring)]
    [InlineData((48 * 60) + 1, true, null)]
    [InlineData(1, true, WarningKind.SlotExpiring)]
    [InlineData(0, true, WarningKind.SlotExpired)]
    [InlineData(-5, true, WarningKind.SlotExpired)]
    [InlineData(-5, false, null)]
    public void Of_WarnsOfExpiry_TwoDaysBefore(int minutes, bool enabled, WarningKind? kind)
    {
        var kinds = Of(Make(100, 0, Week), Make(100, 0, TimeSpan.FromMinutes(minutes), enabled));

        kinds.ShouldBe(kind is { } expected ? [expected] : []);
    }

    private static IEnumerable<WarningKind> Of(params SlotState[] slots) => LiveCodeWarnings.Of(LiveCodeStatus.On, slots, Now).Select(warning => warning.Kind);

    private static SlotState Make(int threshold, long pressed, TimeSpan lasts, bool enabled = true) =>
        new(new SlotId(threshold + pressed), 1, enabled, Now + lasts, threshold, pressed);
}
