using System.Xml.Linq;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class DownloadQrTests(Workshop workshop)
{
    [Theory]
    [BothStores]
    public async Task Png_LeadsToTheCode_AndIsNamedAfterIt(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:PublicUrl"] = "https://qun.example.com" });
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync("双十一/读书会 \"甲\"");

        using var answer = await desk.GetAsync($"codes/{code.Id()}/qr?format=png&size=300");

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("image/png");
        answer.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("双十一_读书会 _甲_.png");
        var picture = Workshop.Open(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        (picture.Width, picture.Height).ShouldBe((300, 300));
        workshop.Reader.Read(picture.ToGrey()).ShouldHaveSingleItem().Payload.ShouldBe(code.Text("url"));
    }

    [Fact]
    public async Task Svg_IsAsked_ByItsFormat()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();

        using var answer = await desk.GetAsync($"codes/{code.Id()}/qr?format=svg");

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("image/svg+xml");
        answer.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("读书会.svg");
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        svg.Root?.Attribute("width")?.Value.ShouldBe("512");
    }
}
