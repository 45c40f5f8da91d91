using System.Diagnostics;
using Huoma.Domain.Media;
using Huoma.Server.Imaging;

namespace Huoma.Server.Tests.Imaging;

public sealed class QrReaderTests(Workshop workshop)
{
    private static readonly Raster Blank = new(new byte[64 * 64], 64, 64, 1);

    [Theory]
    [InlineData("https://weixin.qq.com/g/AwYAAjcrwVOYR2ceJT4Ek_p5CdMndnq3R2gcS60CI56ZiqViHqw")]
    [InlineData("活码：群二维码 😀")]
    [InlineData("A quote \" and <angle> brackets")]
    [InlineData("wxp://f2f0AbCdEf")]
    public void Read_GivesTheText_WhateverItIs(string text) => Read(text).ShouldHaveSingleItem().Payload.ShouldBe(text);

    [Fact]
    public void Read_CanNotBeToldALie_ByATextOfSeveralLines()
    {
        var reading = Read("first\"\nPosition: 1x1 2x2 3x3 4x4\nText: \"second").ShouldHaveSingleItem();

        reading.Payload.ShouldStartWith("first\"");
        reading.Corners[0].ShouldNotBe(new Pixel(1, 1));
    }

    [Fact]
    public void Read_TellsTheCorners_InPixels()
    {
        var corners = Read("https://weixin.qq.com/g/abc").ShouldHaveSingleItem().Corners;

        corners.Count.ShouldBe(4);
        corners[0].X.ShouldBeInRange(20, 60);
        corners[2].X.ShouldBeInRange(240, 280);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("kill -SEGV $$")]
    [InlineData("echo 'Text: \"a\"'; exit 3")]
    [InlineData("exec yes nonsense")]
    [InlineData("exec sleep 60")]
    [InlineData("cat >/dev/null; exec sleep 60")]
    public void Read_FindsNothing_WhenTheReaderFails(string script)
    {
        using var folder = new Folder();
        var program = folder.Script(script);
        var reader = new QrReader("/usr/bin/prlimit", program) { TimeLimit = TimeSpan.FromMilliseconds(300) };
        var watch = Stopwatch.StartNew();

        reader.Read(Blank).ShouldBeEmpty();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No barcode found\n")]
    [InlineData("Text:       \"\"\nPosition:   0x0 0x0 0x0 0x0\n")]
    [InlineData("Text:       \"abc\"\n")]
    [InlineData("Text:       \"abc\"\nPosition:   1x2 3x4\n")]
    [InlineData("Position:   1x2 3x4 5x6 7x8\n")]
    public void Parse_FindsNothing_WhenABlockIsIncomplete(string output) => QrReader.Parse(output).ShouldBeEmpty();

    private IReadOnlyList<QrReading> Read(string text) => workshop.Reader.Read(Workshop.Open(QrPicture.Png(text, 300)).ToGrey());

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("huoma-reader-");

        public string Script(string text)
        {
            var path = Path.Combine(directory.FullName, "reader");
            File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            return path;
        }

        public void Dispose() => directory.Delete(recursive: true);
    }
}
