using System.Text;
using Huoma.Server.Imaging.Gate;

namespace Huoma.Server.Tests.Imaging;

public sealed class ImageGateTests
{
    private const int Limit = 2 * 1024 * 1024;

    private static readonly Dictionary<string, Func<byte[]>> Bombs = new(StringComparer.Ordinal)
    {
        ["a 62-byte GIF of 65535×65535"] = () => Patched(MadePictures.Gif(2, 2), 6, [0xFF, 0xFF, 0xFF, 0xFF]),
        ["a JPEG of 65500×65500"] = () => WithFrameSize(MadePictures.Jpeg(MadePictures.Quarters(16, 16)), 65500, 65500),
        ["a JPEG of 8193×8"] = () => WithFrameSize(MadePictures.Jpeg(MadePictures.Quarters(16, 16)), 8193, 8),
        ["a PNG of 50000×50000"] = () => MadePictures.Png(50_000, 50_000, depth: 1, colour: 0),
        ["a PNG of 2^31-1 lines"] = () => MadePictures.Png(1, int.MaxValue),
        ["a PNG of negative width"] = () => MadePictures.Png(-1, 1, rows: [0]),
        ["a PNG of 3000×3000 in 16 bits"] = () => MadePictures.Png(3000, 3000, depth: 16, colour: 2, rows: [0]),
        ["a PNG of 5001×5000"] = () => MadePictures.Png(5001, 5000, depth: 1, colour: 0),
        ["an interlaced PNG of 6000×6000 in 16 bits"] = () => MadePictures.Png(6000, 6000, depth: 16, colour: 6, isInterlaced: true, rows: [0]),
        ["a PNG of 200,000 texts"] = () => MadePictures.Png(4, 4, extra: () => Enumerable.Repeat(MadePictures.Chunk("tEXt", []), 160_000)),
        ["a JPEG of 500 scans"] = ManyScans,
        ["a progressive JPEG of 5000×4000"] = () => WithFrameSize(MadePictures.ProgressiveJpeg(MadePictures.Quarters(16, 16)), 5000, 4000),
        ["an animated WebP"] = () => Riff(("VP8X", [2, 0, 0, 0, 1, 0, 0, 1, 0, 0]), ("ANIM", new byte[6]), ("ANMF", new byte[24])),
        ["a lossless WebP of 16384×16384"] = () => Riff(("VP8L", [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0])),
    };

    private static readonly Dictionary<string, Func<byte[]>> NotPictures = new(StringComparer.Ordinal)
    {
        ["PHP named .png"] = () => "<?php system($_GET['c']); ?>                "u8.ToArray(),
        ["SVG named .jpg"] = () => """<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"""u8.ToArray(),
        ["SVG with an XML header"] = () => """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>"""u8.ToArray(),
        ["HTML"] = () => "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(),
        ["PDF"] = () => "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"u8.ToArray(),
        ["PostScript"] = () => "%!PS-Adobe-3.0\nshowpage\n"u8.ToArray(),
        ["MVG"] = () => "push graphic-context\nviewbox 0 0 640 480\n"u8.ToArray(),
        ["TIFF"] = () => [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["BMP"] = () => [.. "BM"u8, .. new byte[124]],
        ["PPM"] = () => "P6 1 1 255\n000000000"u8.ToArray(),
        ["a vips file"] = () => [0x08, 0xF2, 0xA6, 0xB6, .. new byte[60]],
        ["CSV"] = () => "1,2,3\n4,5,6\n7,8,9\n10,11,12\n"u8.ToArray(),
        ["HEIF"] = () => [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[40]],
        ["AVIF"] = () => [0, 0, 0, 24, .. "ftypavif"u8, .. new byte[40]],
        ["ZIP"] = () => [.. "PK\u0003\u0004"u8, .. new byte[40]],
        ["an executable"] = () => [0x7F, .. "ELF"u8, .. new byte[60]],
        ["zeros"] = () => new byte[4096],
        ["noise"] = () => Random(4096),
        ["one byte"] = () => [0xFF],
        ["nothing"] = () => [],
    };

    private static readonly Dictionary<string, Func<byte[]>> Broken = new(StringComparer.Ordinal)
    {
        ["a JPEG cut in half"] = () => Half(MadePictures.Jpeg(MadePictures.Noise(64, 64))),
        ["a PNG cut in half"] = () => Half(MadePictures.Png(64, 64)),
        ["a WebP cut in half"] = () => Half(MadePictures.Webp(MadePictures.Noise(64, 64))),
        ["a GIF cut in half"] = () => Half(MadePictures.Gif(64, 64)),
        ["a JPEG without its end"] = () => MadePictures.Jpeg(MadePictures.Quarters(16, 16))[..^2],
        ["a JPEG without a scan"] = () => [0xFF, 0xD8, 0xFF, 0xD9, .. new byte[20]],
        ["a JPEG without a frame"] = () => [0xFF, 0xD8, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xFF, 0xD9],
        ["SVG behind a PNG signature"] = () => [.. MadePictures.PngSignature, .. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8],
        ["SVG behind a JPEG signature"] = () => [0xFF, 0xD8, 0xFF, .. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8],
        ["noise behind a PNG signature"] = () => [.. MadePictures.PngSignature, .. Random(100_000)],
        ["noise behind a JPEG signature"] = () => [0xFF, 0xD8, 0xFF, .. Random(100_000)],
        ["noise behind a GIF signature"] = () => [.. "GIF89a"u8, .. Random(100_000)],
        ["noise behind a WebP signature"] = () => [.. "RIFF"u8, 0x00, 0x80, 0, 0, .. "WEBP"u8, .. Random(100_000)],
        ["a PNG without pixels"] = () => [.. MadePictures.PngSignature, .. MadePictures.Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), .. MadePictures.Chunk("IEND", [])],
        ["a GIF whose frame lies outside its screen"] = () => MadePictures.Gif(4, 4, frameLeft: 1),
        ["a GIF without a frame"] = () => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B],
        ["a WebP without a picture"] = () => Riff(("VP8X", new byte[10]), ("EXIF", new byte[10])),
    };

    private static readonly Dictionary<string, Func<byte[]>> Sound = new(StringComparer.Ordinal)
    {
        ["JPEG"] = () => MadePictures.Jpeg(MadePictures.Quarters(40, 24)),
        ["progressive JPEG"] = () => MadePictures.ProgressiveJpeg(MadePictures.Quarters(40, 24)),
        ["PNG"] = () => MadePictures.Png(40, 24),
        ["interlaced PNG"] = () => MadePictures.Png(40, 24, isInterlaced: true, rows: new byte[40 * 24 * 8]),
        ["PNG in 16 bits with alpha"] = () => MadePictures.Png(40, 24, depth: 16, colour: 6),
        ["WebP"] = () => MadePictures.Webp(MadePictures.Quarters(40, 24)),
        ["lossless WebP"] = () => MadePictures.LosslessWebp(MadePictures.Quarters(40, 24)),
        ["GIF"] = () => MadePictures.Gif(40, 24),
    };

    public static TheoryData<string> BombNames => [.. Bombs.Keys];

    public static TheoryData<string> NotPictureNames => [.. NotPictures.Keys];

    public static TheoryData<string> BrokenNames => [.. Broken.Keys];

    public static TheoryData<string> SoundNames => [.. Sound.Keys];

    [Theory, MemberData(nameof(BombNames))]
    public void Examine_Refuses_WhenThePictureWouldUnfoldTooFar(string name) =>
        Refusal(Bombs[name]()).ShouldBeOneOf("picture.too-many-pixels", "picture.unsupported", "picture.unreadable");

    [Theory, MemberData(nameof(NotPictureNames))]
    public void Examine_Refuses_WhenTheContentIsNoPicture(string name) =>
        Refusal(NotPictures[name]()).ShouldBeOneOf("picture.unsupported", "picture.unreadable");

    [Theory, MemberData(nameof(BrokenNames))]
    public void Examine_Refuses_WhenThePictureIsBroken(string name) =>
        Refusal(Broken[name]()).ShouldBeOneOf("picture.unreadable", "picture.unsupported");

    [Theory, MemberData(nameof(SoundNames))]
    public void Examine_AcceptsAndMeasures_WhenThePictureIsSound(string name)
    {
        var accepted = Accept(Sound[name]());

        (accepted.Width, accepted.Height).ShouldBe((40, 24));
    }

    [Fact]
    public void Examine_Refuses_WhenOneByteTooLong()
    {
        var exact = Padded(Limit);
        var longer = Padded(Limit + 1);

        ImageGate.Examine(exact, Limit).ShouldBeOfType<GateResult.Accepted>();
        Refusal(longer).ShouldBe("picture.too-large");
    }

    [Fact]
    public void Examine_DropsMetadata_FromJpeg()
    {
        var file = MadePictures.WithSegments(
            MadePictures.Jpeg(MadePictures.Quarters(16, 16)), (0xE1, MadePictures.Exif(6, "GPS-SECRET")), (0xE2, "ICC_PROFILE-SECRET"u8.ToArray()), (0xED, "IPTC-SECRET"u8.ToArray()),
            (0xFE, "<?php SECRET ?>"u8.ToArray()));

        var accepted = Accept([.. file, .. "<script>SECRET</script>"u8]);

        Contains(accepted.Canonical, "SECRET").ShouldBeFalse();
        accepted.Orientation.ShouldBe(6);
    }

    [Fact]
    public void Examine_DropsWhatIsNoPicture_FromPng()
    {
        var bomb = MadePictures.Chunk("zTXt", [.. "SECRET\0\0"u8, .. MadePictures.Deflate(new byte[200_000])]);
        var profile = MadePictures.Chunk("iCCP", [.. "SECRET\0\0"u8, .. MadePictures.Deflate(new byte[20_000_000])]);
        var animation = MadePictures.Chunk("fdAT", [.. "SECRET"u8]);

        var accepted = Accept([.. MadePictures.Png(16, 16, extra: () => [.. Enumerable.Repeat(bomb, 900), profile, animation]), .. "SECRET"u8]);

        Contains(accepted.Canonical, "SECRET").ShouldBeFalse();
        accepted.Canonical.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void Examine_DropsMetadata_FromWebp()
    {
        var lossy = Accept(MadePictures.Webp(MadePictures.Quarters(16, 16))).Canonical;
        var file = Riff(("VP8X", [0, 0, 0, 0, 15, 0, 0, 15, 0, 0]), ("EXIF", [.. "SECRET"u8]), ("VP8 ", lossy[20..]), ("XMP ", [.. "SECRET"u8]));

        Contains(Accept(file).Canonical, "SECRET").ShouldBeFalse();
    }

    [Fact]
    public void Examine_KeepsTheFirstFrameOnly_FromGif()
    {
        var one = Accept(MadePictures.Gif(2, 2));
        var many = Accept(MadePictures.Gif(2, 2, frames: 60_000));

        many.Canonical.ShouldBe(one.Canonical);
    }

    [Fact]
    public void Examine_EndsSoon_WhenAJpegIsFullOfRestartMarkers()
    {
        var jpeg = MadePictures.Jpeg(MadePictures.Quarters(16, 16));
        byte[] markers = [.. Enumerable.Range(0, 900_000).SelectMany(at => new byte[] { 0xFF, (byte)(0xD0 + (at % 8)) })];

        Accept([.. jpeg[..^2], .. markers, 0xFF, 0xD9]).Width.ShouldBe(16);
    }

    [Fact]
    public void Examine_NeverThrows_WhateverBytesAreChanged()
    {
        var random = new Random(7);
        foreach (var make in Sound.Values)
        {
            var file = make();
            for (var round = 0; round < 3000; round++)
            {
                var changed = (byte[])file.Clone();
                for (var change = random.Next(1, 6); change > 0; change--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                Should.NotThrow(() => ImageGate.Examine(changed.AsMemory(0, random.Next(changed.Length / 2, changed.Length + 1)), Limit));
            }
        }
    }

    private static string Refusal(byte[] file) => ImageGate.Examine(file, Limit).ShouldBeOfType<GateResult.Refused>().Refusal.Code;

    private static GateResult.Accepted Accept(byte[] file) => ImageGate.Examine(file, Limit).ShouldBeOfType<GateResult.Accepted>();

    private static bool Contains(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private static byte[] Half(byte[] file) => file[..(file.Length / 2)];

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Patched(byte[] file, int at, byte[] bytes)
    {
        bytes.CopyTo(file, at);
        return file;
    }

    private static byte[] WithFrameSize(byte[] jpeg, int width, int height)
    {
        var at = 2;
        while (jpeg[at + 1] is not (0xC0 or 0xC2))
        {
            at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3];
        }

        return Patched(jpeg, at + 5, [(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width]);
    }

    private static byte[] ManyScans()
    {
        var jpeg = MadePictures.ProgressiveJpeg(MadePictures.Quarters(16, 16));
        var scan = jpeg.AsSpan().LastIndexOf<byte>([0xFF, 0xDA]);
        return [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[scan..^2], 500).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }

    private static byte[] Padded(int length)
    {
        var jpeg = MadePictures.Jpeg(MadePictures.Quarters(16, 16));
        return [.. jpeg, .. new byte[length - jpeg.Length]];
    }

    private static byte[] Riff(params (string Type, byte[] Content)[] chunks)
    {
        var body = new List<byte>([.. "WEBP"u8]);
        foreach (var (type, content) in chunks)
        {
            body.AddRange(Encoding.ASCII.GetBytes(type));
            body.AddRange(BitConverter.GetBytes(content.Length));
            body.AddRange(content);
            body.AddRange(new byte[content.Length % 2]);
        }

        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Count), .. body];
    }
}
