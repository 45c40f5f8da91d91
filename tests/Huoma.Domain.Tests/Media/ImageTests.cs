using Huoma.Domain.Media;

namespace Huoma.Domain.Tests.Media;

public sealed class ImageTests
{
    private const string Group = "https://weixin.qq.com/g/AwYAAjcrwVOYR2ceJT4Ek";

    private readonly Image image = new(new ImageId(1), new TenantId(2), "abc", "jpg", DateTimeOffset.UnixEpoch);

    [Fact]
    public void Reads_KeepsTheCode_WhenThereIsOne()
    {
        image.Reads([new QrReading(Group, [new(1, 2), new(30, 2), new(30, 40), new(1, 40)])]);

        (image.QrCount, image.QrPayload, image.QrKind, image.QrPlace).ShouldBe((1, Group, QrKind.Group, "1,2 30,2 30,40 1,40"));
    }

    [Fact]
    public void Reads_CountsACodeOnce_WhenItIsShownTwice()
    {
        image.Reads([new QrReading(Group, []), new QrReading(Group, [])]);

        (image.QrCount, image.QrPayload).ShouldBe((1, Group));
    }

    [Fact]
    public void Reads_KeepsNoPayload_WhenThereAreSeveral()
    {
        image.Reads([new QrReading(Group, []), new QrReading(Group + "x", [])]);

        (image.QrCount, image.QrPayload, image.QrKind).ShouldBe((2, null, null));
    }

    [Fact]
    public void Reads_KeepsNothing_WhenThereIsNone()
    {
        image.Reads([]);

        (image.QrCount, image.QrPayload, image.QrKind, image.QrPlace).ShouldBe((0, null, null, null));
    }

    [Fact]
    public void Reads_CutsAPayload_ThatNoWeChatCodeHas()
    {
        image.Reads([new QrReading(new string('a', 4000), [])]);

        image.QrPayload.ShouldBe(new string('a', Image.QrPayloadMaxLength));
        image.QrKind.ShouldBe(QrKind.Other);
    }

    [Theory]
    [InlineData("https://weixin.qq.com/g/AwYAAjcrwVOYR2ceJT4Ek", QrKind.Group)]
    [InlineData("HTTPS://WEIXIN.QQ.COM/g/AwYAA", QrKind.Group)]
    [InlineData("https://weixin.qq.com/r/abc", QrKind.Card)]
    [InlineData("https://u.wechat.com/abc", QrKind.Card)]
    [InlineData("https://work.weixin.qq.com/gm/abc", QrKind.Wecom)]
    [InlineData("https://work.weixin.qq.com/ca/abc", QrKind.Wecom)]
    [InlineData("https://work.weixin.qq.com/u/abc", QrKind.Wecom)]
    [InlineData("wxp://f2f0abc", QrKind.Payment)]
    [InlineData("https://qr.alipay.com/abc", QrKind.Payment)]
    [InlineData("https://weixin.qq.com/x/abc", QrKind.Other)]
    [InlineData("https://weixin.qq.com.evil.example/g/abc", QrKind.Other)]
    [InlineData("https://evil.example/https://weixin.qq.com/g/abc", QrKind.Other)]
    [InlineData("https://weixin.qq.com@evil.example/g/abc", QrKind.Other)]
    [InlineData("javascript:alert(1)", QrKind.Other)]
    [InlineData("活动详情", QrKind.Other)]
    [InlineData("", QrKind.Other)]
    public void KindOf_TellsKindsApart_ByHostAndPath(string payload, QrKind kind) => QrPayloads.KindOf(payload).ShouldBe(kind);

    [Fact]
    public void MaxBytes_AreTheManuals()
    {
        ImagePurposes.MaxBytesOf(ImagePurpose.Slot).ShouldBe(2 * 1024 * 1024);
        ImagePurposes.MaxBytesOf(ImagePurpose.Welcome).ShouldBe(1024 * 1024);
    }
}
