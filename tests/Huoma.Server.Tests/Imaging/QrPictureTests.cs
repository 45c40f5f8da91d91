using Huoma.Server.Imaging;

namespace Huoma.Server.Tests.Imaging;

public sealed class QrPictureTests(Workshop workshop)
{
    private const string Link = "https://huoma.example.com.cn/q/b7Kq2XyZ";

    [Theory]
    [InlineData(128)]
    [InlineData(200)]
    [InlineData(256)]
    [InlineData(333)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Png_ReadsBack_InFullAndAtHalfSize(int size)
    {
        var picture = Workshop.Open(QrPicture.Png(Link, size));
        var half = PictureCodec.Resize(picture, size / 2, size / 2);

        (picture.Width, picture.Height).ShouldBe((size, size));
        workshop.Reader.Read(picture.ToGrey()).ShouldHaveSingleItem().Payload.ShouldBe(Link);
        workshop.Reader.Read(half.ToGrey()).ShouldHaveSingleItem().Payload.ShouldBe(Link);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(500)]
    [InlineData(2048)]
    public void Png_HasAQuietZoneOfFourModules_AndWholeModules(int size)
    {
        var picture = Workshop.Open(QrPicture.Png(Link, size)).ToGrey();
        var first = Array.FindIndex(picture.Pixels, tone => tone < 128);
        var (left, top) = (first % size, first / size);
        var finder = picture.Pixels.AsSpan(first).IndexOfAnyExceptInRange((byte)0, (byte)127);

        (finder % 7).ShouldBe(0); // a finder pattern is seven modules wide
        left.ShouldBeGreaterThanOrEqualTo(4 * finder / 7);
        top.ShouldBe(left);
        picture.Pixels.ShouldAllBe(tone => tone == 0 || tone == 255);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(640)]
    public void Picture_SaysOfItself_WhatTheReaderFinds(int size)
    {
        var picture = QrPicture.Picture(Link, size);

        var found = workshop.Reader.Read(Workshop.Open(picture.File).ToGrey()).ShouldHaveSingleItem();
        var said = picture.Readings.ShouldHaveSingleItem();
        said.Payload.ShouldBe(found.Payload);
        said.Corners.Count.ShouldBe(found.Corners.Count);
        for (var corner = 0; corner < said.Corners.Count; corner++)
        {
            // Within a few pixels: a module is about fifteen of them.
            Math.Abs(said.Corners[corner].X - found.Corners[corner].X).ShouldBeLessThan(8);
            Math.Abs(said.Corners[corner].Y - found.Corners[corner].Y).ShouldBeLessThan(8);
        }
    }

    [Fact]
    public void Svg_HoldsTheSameModules_AsThePng()
    {
        var svg = QrPicture.Svg(Link, 512);

        svg.ShouldStartWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"512\" height=\"512\"");
        svg.ShouldEndWith("</svg>");
        svg.Length.ShouldBeLessThan(20_000);
        System.Xml.Linq.XDocument.Parse(svg).Root.ShouldNotBeNull();
    }
}
