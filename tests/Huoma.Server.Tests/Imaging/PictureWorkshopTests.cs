using Huoma.Domain.Media;
using Huoma.Server.Imaging;

namespace Huoma.Server.Tests.Imaging;

public sealed class PictureWorkshopTests(Workshop workshop)
{
    private static readonly byte[] Red = [255, 0, 0];
    private static readonly byte[] Green = [0, 255, 0];
    private static readonly byte[] Blue = [0, 0, 255];
    private static readonly byte[] White = [255, 255, 255];

    public static TheoryData<string> SampleNames => [.. SamplePictures.All.Select(sample => sample.Name)];

    [Theory, MemberData(nameof(SampleNames))]
    public async Task Prepare_ReadsTheCode_OfEachSample(string name)
    {
        var payload = SamplePictures.All.Single(sample => sample.Name == name).Payload;

        var ready = await workshop.AcceptAsync(SamplePictures.Read(name));

        var reading = ready.Readings.ShouldHaveSingleItem();
        reading.Payload.ShouldBe(payload);
        reading.Corners.ShouldAllBe(corner => corner.X >= -20 && corner.X <= ready.Width + 20 && corner.Y >= -20 && corner.Y <= ready.Height + 20);
        QrPayloads.KindOf(reading.Payload).ShouldBe(name.StartsWith("card-", StringComparison.Ordinal) ? QrKind.Card : QrKind.Group);
    }

    [Fact]
    public async Task Prepare_EncodesAnew_AndDropsMetadata()
    {
        var file = MadePictures.WithSegments(MadePictures.Jpeg(MadePictures.Noise(64, 64)), (0xE1, MadePictures.Exif(1, "GPS-SECRET")));

        var ready = await workshop.AcceptAsync(file);

        ready.File.ShouldNotBe(file);
        ready.File.AsSpan().IndexOf("GPS-SECRET"u8).ShouldBe(-1);
        ready.File.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task Prepare_IsTheSameFile_WhenTheUploadIsTheSame()
    {
        var file = SamplePictures.Read("group-001.jpg");

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => workshop.AcceptAsync(file)));

        all.ShouldAllBe(ready => ready.File.SequenceEqual(all[0].File));
        all.ShouldAllBe(ready => ready.Readings.Count == 1);
    }

    [Theory]
    [InlineData(1, "RGBW")]
    [InlineData(2, "GRWB")]
    [InlineData(3, "WBGR")]
    [InlineData(4, "BWRG")]
    [InlineData(5, "RBGW")]
    [InlineData(6, "BRWG")]
    [InlineData(7, "WGBR")]
    [InlineData(8, "GWRB")]
    public async Task Prepare_TurnsUpright_WhenTheCameraWasHeldOtherwise(int orientation, string expected)
    {
        var file = MadePictures.WithSegments(MadePictures.Jpeg(MadePictures.Quarters(64, 32)), (0xE1, MadePictures.Exif(orientation)));

        var ready = await workshop.AcceptAsync(file);

        (ready.Width, ready.Height).ShouldBe(orientation < 5 ? (64, 32) : (32, 64));
        Corners(Workshop.Open(ready.File)).ShouldBe(expected);
    }

    [Fact]
    public async Task Prepare_PaintsOnWhite_WhenThePictureIsTransparent()
    {
        var transparent = MadePictures.Png(32, 32, colour: 6);

        var ready = await workshop.AcceptAsync(transparent);

        Workshop.Open(ready.File).Pixels.ShouldAllBe(tone => tone == 255);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(1, 0)]
    [InlineData(16, 2)]
    [InlineData(16, 6)]
    [InlineData(8, 4)]
    public async Task Prepare_TakesIt_WhateverKindOfPngItIs(byte depth, byte colour)
    {
        var ready = await workshop.AcceptAsync(MadePictures.Png(48, 20, depth, colour));

        (ready.Width, ready.Height, ready.Extension).ShouldBe((48, 20, "png"));
    }

    [Fact]
    public async Task Prepare_TakesWebpAndGif()
    {
        Corners(Workshop.Open((await workshop.AcceptAsync(MadePictures.Webp(MadePictures.Quarters(64, 64)))).File)).ShouldBe("RGBW");
        Corners(Workshop.Open((await workshop.AcceptAsync(MadePictures.LosslessWebp(MadePictures.Quarters(64, 64)))).File)).ShouldBe("RGBW");
        Corners(Workshop.Open((await workshop.AcceptAsync(MadePictures.Gif(64, 64))).File)).ShouldBe("RRRR");
    }

    [Fact]
    public async Task Prepare_ShrinksToFit_WhenThePictureIsLarge()
    {
        var ready = await workshop.AcceptAsync(MadePictures.Jpeg(MadePictures.Quarters(3000, 4000)));

        (ready.Width, ready.Height).ShouldBe((1080, 1440));
    }

    [Fact]
    public async Task Prepare_Refuses_WhenThePixelsAreDamaged()
    {
        var png = MadePictures.Png(64, 64, rows: new byte[100]);
        var jpeg = MadePictures.Jpeg(MadePictures.Noise(256, 256));
        byte[] cut = [.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9];

        (await workshop.RefuseAsync(png)).ShouldBe("picture.unreadable");
        (await workshop.RefuseAsync(cut)).ShouldBe("picture.unreadable");
    }

    [Theory]
    [InlineData(750, 420, null)]
    [InlineData(750, 421, "picture.wrong-size")]
    [InlineData(1500, 840, "picture.wrong-size")]
    [InlineData(420, 750, "picture.wrong-size")]
    public async Task Prepare_TakesOnlyTheRightSize_ForAWelcomePage(int width, int height, string? refusal)
    {
        var file = MadePictures.Jpeg(MadePictures.Quarters(width, height));

        if (refusal is not null)
        {
            (await workshop.RefuseAsync(file, ImagePurpose.Welcome)).ShouldBe(refusal);
            return;
        }

        var ready = await workshop.AcceptAsync(file, ImagePurpose.Welcome);
        (ready.Width, ready.Height, ready.Extension).ShouldBe((750, 420, "jpg"));
    }

    [Fact]
    public async Task Prepare_KeepsAWelcomePictureLight_WhateverItShows()
    {
        var ready = await workshop.AcceptAsync(MadePictures.Jpeg(MadePictures.Noise(750, 420)), ImagePurpose.Welcome);

        ready.File.Length.ShouldBeLessThan(220 * 1024);
    }

    [Fact]
    public async Task Prepare_Refuses_WhenOneByteTooLong()
    {
        var jpeg = MadePictures.Jpeg(MadePictures.Quarters(750, 420));
        byte[] padded = [.. jpeg, .. new byte[(1024 * 1024) + 1 - jpeg.Length]];

        (await workshop.RefuseAsync(padded, ImagePurpose.Welcome)).ShouldBe("picture.too-large");
        (await workshop.AcceptAsync(padded[..^1], ImagePurpose.Welcome)).Width.ShouldBe(750);
    }

    [Fact]
    public async Task Prepare_FindsBothCodes_WhenThereAreTwo()
    {
        var left = Workshop.Open(QrPicture.Png("https://weixin.qq.com/g/left", 300));
        var right = Workshop.Open(QrPicture.Png("https://weixin.qq.com/g/right", 300));

        var ready = await workshop.AcceptAsync(PictureCodec.ToPng(SideBySide(left, right)));

        ready.Readings.Select(reading => reading.Payload).ShouldBe(["https://weixin.qq.com/g/left", "https://weixin.qq.com/g/right"], ignoreOrder: true);
    }

    [Fact]
    public async Task Prepare_FindsNothing_WhenThereIsNoCode() => (await workshop.AcceptAsync(MadePictures.Jpeg(MadePictures.Noise(600, 600)))).Readings.ShouldBeEmpty();

    private static Raster SideBySide(Raster left, Raster right)
    {
        var pixels = new byte[left.Pixels.Length + right.Pixels.Length];
        var row = left.Width * 3;
        for (var y = 0; y < left.Height; y++)
        {
            left.Pixels.AsSpan(y * row, row).CopyTo(pixels.AsSpan(2 * y * row));
            right.Pixels.AsSpan(y * row, row).CopyTo(pixels.AsSpan(((2 * y) + 1) * row));
        }

        return new Raster(pixels, left.Width * 2, left.Height, 3);
    }

    // The colours of the four corners: top left, top right, bottom left, bottom right.
    private static string Corners(Raster raster)
    {
        var (right, bottom) = (raster.Width - 3, raster.Height - 3);
        return string.Concat(NameAt(raster, 2, 2), NameAt(raster, right, 2), NameAt(raster, 2, bottom), NameAt(raster, right, bottom));
    }

    private static string NameAt(Raster raster, int x, int y)
    {
        var pixel = raster.Pixels.AsSpan(((y * raster.Width) + x) * 3, 3).ToArray();
        return new[] { ("R", Red), ("G", Green), ("B", Blue), ("W", White) }
            .MinBy(colour => colour.Item2.Zip(pixel).Sum(pair => Math.Abs(pair.First - pair.Second))).Item1;
    }
}
