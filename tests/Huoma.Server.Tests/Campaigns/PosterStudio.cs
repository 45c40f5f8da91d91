using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Imaging;
using Huoma.Server.Media;
using Huoma.Server.Platform;
using Huoma.Server.Tests.Imaging;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>The program's renderer on pictures of a test's own, without the program.</summary>
internal sealed class PosterStudio : IDisposable
{
    public const string Url = "https://qun.example.com/q/Hs7dK2mQ9x";
    public const int Width = 750;
    public const int Height = 1334;

    private readonly string folder = Directory.CreateTempSubdirectory("huoma-posters").FullName;
    private readonly MediaFiles files;
    private readonly PosterBackgrounds backgrounds;

    public PosterStudio()
    {
        files = new MediaFiles(Options.Create(new HuomaOptions { DataDirectory = folder }));
        backgrounds = new PosterBackgrounds(files);
        Check = new PosterCheck(QrReader.Find());
        Renderer = new PosterRenderer(backgrounds, Check);
    }

    public static PosterLayout Layout { get; } = PosterLayout.For(Width, Height);

    public PosterCheck Check { get; }

    public PosterRenderer Renderer { get; }

    public async Task<MediaAddress> KeepAsync(Raster picture)
    {
        var jpeg = MadePictures.Jpeg(picture);
        var address = MediaAddress.Of(new TenantId(1), jpeg, "jpg");
        await files.SaveAsync(address, jpeg, TestContext.Current.CancellationToken);
        return address;
    }

    /// <summary>On a picture of four colours.</summary>
    public async Task<PosterOrder> OrderAsync(string? nickname = "张三", PosterLayout? layout = null, string url = Url) =>
        new(await KeepAsync(MadePictures.Quarters(Width, Height)), layout ?? Layout, new PosterPerson(nickname, Avatar: null), url);

    public byte[] Draw(PosterOrder order) => Renderer.Render(order).ShouldBeOfType<PosterResult.Drawn>().Jpeg;

    /// <summary>The pixels before they became a JPEG.</summary>
    public Raster Pixels(PosterOrder order)
    {
        using var sheet = PosterSheet.Draw(backgrounds.Find(order.Picture).ShouldNotBeNull(), order, isEasy: false).ShouldNotBeNull();
        var (width, height) = (sheet.Canvas.Width, sheet.Canvas.Height);
        return new Raster(sheet.Canvas.Picture.Pixels[..(width * height * 3)], width, height, 3);
    }

    /// <summary>What a reader finds when the poster was sent on, by another way of halving than the program's own.</summary>
    public static IReadOnlyList<string> ReadSentOn(byte[] jpeg)
    {
        var whole = Workshop.Open(jpeg);
        var half = Workshop.Open(PictureCodec.ToJpeg(PictureCodec.Resize(whole, whole.Width / 2, whole.Height / 2), 60));
        return [.. QrReader.Find().Read(half.ToGrey()).Select(reading => reading.Payload)];
    }

    public void Dispose()
    {
        Renderer.Dispose();
        Check.Dispose();
        backgrounds.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
