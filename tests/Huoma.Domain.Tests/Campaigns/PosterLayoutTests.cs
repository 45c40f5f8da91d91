using System.Text.Json;
using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class PosterLayoutTests
{
    private static readonly PosterLayout Default = PosterLayout.For(750, 1334);

    private static readonly PosterLine Line = new(75, 100, 600, 34, "#333333", TextAlign.Center, "{昵称} 邀请你加入");

    [Theory]
    [InlineData(600, 1067)]
    [InlineData(750, 1334)]
    [InlineData(1080, 1920)]
    [InlineData(1350, 2400)]
    public void For_FitsOnEveryPicture_NamesTheInviter_AndShowsNoAvatar(int width, int height)
    {
        var layout = PosterLayout.For(width, height);

        layout.FitsOn(width, height).ShouldBeNull();
        layout.Nickname.ShouldNotBeNull().Text.ShouldBe(PosterLine.DefaultText);
        layout.Avatar.ShouldBeNull();
        SharingRules.Check([.. layout.Words()]).ShouldBeEmpty();
    }

    [Fact]
    public void Layout_OfBeforeThereWereTexts_IsStillOne()
    {
        var layout = JsonSerializer.Deserialize<PosterLayout>("""{ "qr": { "x": 250, "y": 1000, "size": 250 } }""", JsonSerializerOptions.Web).ShouldNotBeNull();

        layout.ShouldBe(new PosterLayout(new QrBox(250, 1000, 250)));
        layout.FitsOn(750, 1334).ShouldBeNull();
        layout.Words().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0, 40, null)]
    [InlineData(710, 1294, 40, null)]
    [InlineData(711, 0, 40, "campaign.avatar-outside")]
    [InlineData(0, 1295, 40, "campaign.avatar-outside")]
    [InlineData(-1, 0, 40, "campaign.avatar-outside")]
    [InlineData(0, 0, 39, "campaign.avatar-too-small")]
    [InlineData(0, 0, int.MaxValue, "campaign.avatar-outside")]
    public void Avatar_IsOnThePicture(int x, int y, int size, string? code) =>
        ((Default with { Avatar = new AvatarBox(x, y, size, Shown: false) }).FitsOn(750, 1334)?.Code).ShouldBe(code);

    [Theory]
    [InlineData(75, 100, 600, 34, null)]
    [InlineData(150, 1284, 600, 34, null)]
    [InlineData(150, 1285, 600, 34, "campaign.text-outside")]
    [InlineData(151, 100, 600, 34, "campaign.text-outside")]
    [InlineData(int.MinValue, 100, 600, 34, "campaign.text-outside")]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, 34, "campaign.text-outside")]
    [InlineData(0, 0, 39, 34, "campaign.text-width")]
    [InlineData(0, 0, 600, 13, "campaign.text-size")]
    [InlineData(0, 0, 600, 201, "campaign.text-size")]
    public void Line_IsOnThePicture(int x, int y, int width, int size, string? code) =>
        ((Default with { Nickname = Line with { X = x, Y = y, Width = width, Size = size } }).FitsOn(750, 1334)?.Code).ShouldBe(code);

    [Theory]
    [InlineData("#12aBcD", null)]
    [InlineData("#fff", "campaign.text-colour")]
    [InlineData("red", "campaign.text-colour")]
    [InlineData("", "campaign.text-colour")]
    [InlineData(null, "campaign.text-colour")]
    [InlineData("#12345g", "campaign.text-colour")]
    [InlineData("#123456\"", "campaign.text-colour")]
    public void Colour_IsSixHexDigits(string? colour, string? code) =>
        ((Default with { Nickname = Line with { Colour = colour! } }).FitsOn(750, 1334)?.Code).ShouldBe(code);

    [Theory]
    [InlineData("{昵称}", null)]
    [InlineData("来自{昵称}的邀请", null)]
    [InlineData("一起读书", null)]
    [InlineData("a { b", null)]
    [InlineData("{昵称}和{昵称}", "campaign.unknown-placeholder")]
    [InlineData("{name} 邀请你", "campaign.unknown-placeholder")]
    [InlineData("  ", "campaign.text-empty")]
    [InlineData("\u202E\u200B", "campaign.text-empty")]
    [InlineData(null, "campaign.text-empty")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", null)]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "campaign.text-too-long")]
    public void NicknameLine_KnowsOnePlaceholder(string? text, string? code) =>
        ((Default with { Nickname = Line with { Text = text! } }).FitsOn(750, 1334)?.Code).ShouldBe(code);

    [Fact]
    public void Texts_AreFiveAtMost_AndNameNobody()
    {
        var text = Line with { Text = "11 月 30 日 晚八点" };
        (Default with { Texts = [text, text, text, text, text] }).FitsOn(750, 1334).ShouldBeNull();
        ((Default with { Texts = [text, text, text, text, text, text] }).FitsOn(750, 1334)?.Code).ShouldBe("campaign.too-many-texts");
        (Default with { Texts = [text with { Text = new string('字', 60) }] }).FitsOn(750, 1334).ShouldBeNull();

        var refusal = (Default with { Texts = [text, text with { Text = "给{昵称}" }] }).FitsOn(750, 1334).ShouldNotBeNull();
        (refusal.Code, refusal.Field).ShouldBe(("campaign.unknown-placeholder", "layout.texts[1]"));
        ((Default with { Texts = [text with { Align = default }] }).FitsOn(750, 1334)?.Code).ShouldBe("campaign.text-align");
        ((Default with { Texts = [null!] }).FitsOn(750, 1334)?.Code).ShouldBe("campaign.text-empty");
    }

    [Fact]
    public void AroundTheName_IsWhatStandsBeforeAndBehind()
    {
        (Line with { Text = "来自{昵称}的邀请" }).AroundTheName().ShouldBe(("来自", "的邀请"));
        (Line with { Text = "一起读书" }).AroundTheName().ShouldBeNull();
    }

    [Fact]
    public void Words_AreLookedAtByTheSharingRules() =>
        SharingRules.Check([.. (Default with { Texts = [Line with { Text = "转发后领取" }] }).Words()]).ShouldNotBeEmpty();
}
