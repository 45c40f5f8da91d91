using System.Diagnostics;
using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Imaging;
using Huoma.Server.Tests.Imaging;

namespace Huoma.Server.Tests.Campaigns;

public sealed class PosterRendererTests : IDisposable
{
    private readonly PosterStudio studio = new();

    private static readonly string?[] Names =
    [
        "张三", "𠮷野家の猫", "🌸小桃子🍑👨‍👩‍👧‍👦", "محمد العربي", "שלום", "བཀྲ་ཤིས་", "ᠮᠣᠩᠭᠣᠯ", "ꆈꌠ", "ئۇيغۇر", "สมชาย", "नमस्ते", new string('长', 10_000), string.Concat(Enumerable.Repeat("👩🏽‍🚀", 3_000)),
        "<span size='200000' foreground='red'>&amp;\"'</span>", "\u202E\u2066反过来\u2069", "e" + new string('\u0301', 500) + "x", "\u0000\u0007\n\t制表", "", " \u3164\u200B", "\uD800", null,
    ];

    // By number: not every test runner can write all of them.
    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Names.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Render_IsAJpegWhoseQrIsReadWhenSentOn_WhateverTheName(int name)
    {
        var jpeg = studio.Draw(await studio.OrderAsync(Names[name]));

        jpeg.Length.ShouldBeLessThanOrEqualTo(PosterSheet.MaxBytes);
        var poster = Workshop.Open(jpeg);
        (poster.Width, poster.Height).ShouldBe((PosterStudio.Width, PosterStudio.Height));
        PosterStudio.ReadSentOn(jpeg).ShouldBe([PosterStudio.Url]);
    }

    /// <summary>Of names people in China have: Tibetan, Mongolian, Yi, Uyghur, Thai, and of guests. A letter without a font is a box.</summary>
    [Theory]
    [InlineData("f40")]
    [InlineData("1820")]
    [InlineData("a188")]
    [InlineData("6c7")]
    [InlineData("e2a")]
    [InlineData("928")]
    [InlineData("5d0")]
    [InlineData("20bb7")]
    public async Task Fonts_HaveTheLetter(string letter)
    {
        using var asked = Process.Start(new ProcessStartInfo("fc-list", [$":charset={letter}", "family"]) { RedirectStandardOutput = true, UseShellExecute = false }).ShouldNotBeNull();

        (await asked.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("Noto");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Render_KeepsANameWithinItsLine_AndOffTheQr(int name)
    {
        var line = new PosterLine(300, 600, 200, 40, "#000000", TextAlign.Center, PosterLine.Name);
        var plain = studio.Pixels(await studio.OrderAsync(layout: new PosterLayout(PosterStudio.Layout.Qr)));

        var named = studio.Pixels(await studio.OrderAsync(Names[name], new PosterLayout(PosterStudio.Layout.Qr) { Nickname = line }));

        var changed = Enumerable.Range(0, PosterStudio.Width * PosterStudio.Height)
            .Where(at => !named.Pixels.AsSpan(at * 3, 3).SequenceEqual(plain.Pixels.AsSpan(at * 3, 3)))
            .Select(at => (X: at % PosterStudio.Width, Y: at / PosterStudio.Width)).ToList();
        changed.ShouldNotBeEmpty();
        changed.Min(pixel => pixel.X).ShouldBeGreaterThanOrEqualTo(line.X);
        changed.Max(pixel => pixel.X).ShouldBeLessThan(line.X + line.Width);
        changed.Min(pixel => pixel.Y).ShouldBeGreaterThanOrEqualTo(line.Y - (line.Height / 4));
        changed.Max(pixel => pixel.Y).ShouldBeLessThanOrEqualTo(line.Y + (line.Height * 5 / 4));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u202E")]
    [InlineData(" \u3164\u200B")]
    public async Task Render_IsNeutral_WhenNoNameCanBeSeen(string name) =>
        studio.Draw(await studio.OrderAsync(name)).ShouldBe(studio.Draw(await studio.OrderAsync(nickname: null)));

    [Fact]
    public async Task Render_TakesMarkupForLetters()
    {
        var drawn = studio.Draw(await studio.OrderAsync("<b>张三</b>"));
        drawn.ShouldNotBe(studio.Draw(await studio.OrderAsync("张三")));
        TextPicture.Measure("<b>a</b>&amp;", 30).ShouldBeGreaterThan(2 * TextPicture.Measure("a&", 30));
    }

    [Fact]
    public async Task Render_StaysSmall_EvenOfNoise()
    {
        var order = await studio.OrderAsync() with { Picture = await studio.KeepAsync(MadePictures.Noise(1080, 1920)), Layout = PosterLayout.For(1080, 1920) };

        var jpeg = studio.Draw(order);

        jpeg.Length.ShouldBeLessThanOrEqualTo(PosterSheet.MaxBytes);
        Workshop.Open(jpeg).Width.ShouldBeLessThan(1080);
        PosterStudio.ReadSentOn(jpeg).ShouldBe([PosterStudio.Url]);
    }

    [Fact]
    public async Task Render_DrawsTheAvatarRound_AndANeutralHeadForNoneOrABrokenOne()
    {
        var avatar = new AvatarBox(300, 300, 120, Shown: true);
        var order = await studio.OrderAsync(layout: new PosterLayout(PosterStudio.Layout.Qr) { Avatar = avatar });
        byte[] At(PosterOrder of, int x, int y) => studio.Pixels(of).Pixels.AsSpan(((y * PosterStudio.Width) + x) * 3, 3).ToArray();
        var yellow = order with { Person = new PosterPerson("张三", MadePictures.Jpeg(new Raster([.. Enumerable.Repeat<byte[]>([250, 220, 0], 80 * 60).SelectMany(colour => colour)], 80, 60, 3))) };

        At(yellow, 360, 360).ShouldSatisfyAllConditions(colour => colour[0].ShouldBeGreaterThan((byte)240), colour => colour[2].ShouldBeLessThan((byte)40));
        At(yellow, 301, 301).ShouldBe(At(await studio.OrderAsync(), 301, 301), "the corner is no part of it");
        studio.Pixels(order).Pixels.ShouldNotBe(studio.Pixels(yellow).Pixels);
        studio.Pixels(order with { Person = new PosterPerson("张三", [0xFF, 0xD8, 0xFF, 1, 2, 3]) }).Pixels.ShouldBe(studio.Pixels(order).Pixels);
        studio.Pixels(order with { Layout = order.Layout with { Avatar = avatar with { Shown = false } } }).Pixels.ShouldNotBe(studio.Pixels(order).Pixels);
    }

    [Fact]
    public async Task Render_ComesOutTheSame_HoweverManyAreDrawnAtOnce()
    {
        var orders = new List<PosterOrder>();
        for (var number = 0; number < 60; number++)
        {
            orders.Add(await studio.OrderAsync($"用户{(char)('一' + (number * 37))}🌸{number}", url: $"https://qun.example.com/q/{number:0000000000}"));
        }

        var alone = orders.ConvertAll(studio.Draw);
        var together = await Task.WhenAll(orders.Concat(orders).Select(order => Task.Run(() => studio.Draw(order))));

        for (var number = 0; number < together.Length; number++)
        {
            together[number].SequenceEqual(alone[number % alone.Count]).ShouldBeTrue($"poster {number}");
        }
    }

    [Fact]
    public async Task Check_AsksTheReader_OnceALook()
    {
        for (var number = 0; number < 20; number++)
        {
            studio.Draw(await studio.OrderAsync($"用户{number}", url: $"https://qun.example.com/q/{number:0000000000}"));
        }

        studio.Check.Readings.ShouldBe(1);
        studio.Draw(await studio.OrderAsync(layout: new PosterLayout(new QrBox(0, 0, 250))));
        studio.Check.Readings.ShouldBe(2);
    }

    [Fact]
    public async Task Render_SaysSo_WhenTheQrCanNotBeRead()
    {
        var small = new PosterLayout(new QrBox(100, 100, PosterLayout.LeastQr));

        studio.Renderer.Render(await studio.OrderAsync(layout: small, url: "https://example.com/" + new string('a', 700))).ShouldBeOfType<PosterResult.Unreadable>();
        studio.Renderer.Render(await studio.OrderAsync(layout: small, url: "https://example.com/" + new string('a', 2_000))).ShouldBeOfType<PosterResult.Unreadable>();
        studio.Draw(await studio.OrderAsync(layout: small)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Render_SaysSo_WhenThePictureIsGone() =>
        studio.Renderer.Render((await studio.OrderAsync()) with { Picture = Huoma.Server.Media.MediaAddress.Of(new TenantId(2), [1], "jpg") }).ShouldBeOfType<PosterResult.Missing>();

    [Fact]
    public async Task Render_TakesNoMore_ThanFitTheQueue()
    {
        var order = await studio.OrderAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 3 * PosterRenderer.MostWaiting).Select(_ => studio.Renderer.RenderAsync(order, TestContext.Current.CancellationToken)));

        results.Count(result => result is PosterResult.Busy).ShouldBeGreaterThan(0);
        results.Count(result => result is PosterResult.Drawn).ShouldBeGreaterThanOrEqualTo(PosterRenderer.MostWaiting);
        (await studio.Renderer.RenderAsync(order, TestContext.Current.CancellationToken)).ShouldBeOfType<PosterResult.Drawn>();
    }

    public void Dispose() => studio.Dispose();
}
