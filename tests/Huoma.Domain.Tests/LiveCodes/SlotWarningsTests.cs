using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;

namespace Huoma.Domain.Tests.LiveCodes;

public sealed class SlotWarningsTests
{
    [Theory]
    [InlineData(LiveCodeKind.Group, 1, QrKind.Group, null)]
    [InlineData(LiveCodeKind.Group, 1, QrKind.Wecom, null)]
    [InlineData(LiveCodeKind.Group, 1, QrKind.Card, "picture.wrong-kind")]
    [InlineData(LiveCodeKind.Group, 1, QrKind.Payment, "picture.wrong-kind")]
    [InlineData(LiveCodeKind.Group, 1, QrKind.Other, "picture.wrong-kind")]
    [InlineData(LiveCodeKind.Card, 1, QrKind.Card, null)]
    [InlineData(LiveCodeKind.Card, 1, QrKind.Group, "picture.wrong-kind")]
    [InlineData(LiveCodeKind.Group, 0, null, "picture.no-qr")]
    [InlineData(LiveCodeKind.Group, 2, null, "picture.several-qrs")]
    public void Check_WarnsOfWhatWasRead(LiveCodeKind kind, int count, QrKind? read, string? code) =>
        SlotWarnings.Check(kind, count, read, []).Select(warning => warning.Code).ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void Check_NamesTheFirstUse()
    {
        var warnings = SlotWarnings.Check(LiveCodeKind.Group, 0, null, ["一群", "读书会 / 二群"]);

        warnings.Select(warning => warning.Code).ShouldBe(["picture.no-qr", "picture.already-used"]);
        warnings[1].Message.ShouldContain("「一群」");
    }

    [Fact]
    public void Doubts_AreOverruledByAReason()
    {
        SlotWarning[] warnings = [new("picture.no-qr", "没有识别到二维码")];

        SlotWarnings.Doubts([], null).ShouldBeNull();
        SlotWarnings.Doubts(warnings, "核对过").ShouldBeNull();
        SlotWarnings.Doubts(warnings, null).ShouldNotBeNull().Message.ShouldStartWith("没有识别到二维码");
    }
}
