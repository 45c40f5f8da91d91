using System.IO.Compression;
using System.Net;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Channels;

public sealed class ChannelQrTests(Workshop workshop)
{
    [Theory]
    [BothStores]
    public async Task Qr_LeadsToTheChannel_AndIsNamedAfterItAndItsCode(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:PublicUrl"] = "https://qun.example.com" });
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync("双十一/读书会");
        var channel = (await desk.CreateChannelsAsync(code.Id(), "公众号:菜单"))[0];

        using var png = await desk.GetAsync($"channels/{channel.Id()}/qr?format=png&size=300");
        using var svg = await desk.GetAsync($"channels/{channel.Id()}/qr?format=svg");

        png.Content.Headers.ContentType?.MediaType.ShouldBe("image/png");
        png.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("公众号_菜单-双十一_读书会.png");
        PayloadOf(await png.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(channel.Text("url"));
        svg.Content.Headers.ContentType?.MediaType.ShouldBe("image/svg+xml");
        svg.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("公众号_菜单-双十一_读书会.svg");
        await desk.GetAsync($"channels/{channel.Id()}/qr?size=99999").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "size");
        await desk.GetAsync($"channels/{channel.Id()}/qr?format=gif").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "format");
    }

    [Theory]
    [BothStores]
    public async Task Zip_HoldsEveryQrInUse_ByItsName(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync("读书会")).Id();
        var made = await desk.CreateChannelsAsync(id, "海报 A", "海报 a", "../门店", "旧的");
        await desk.PatchAsync($"channels/{made[3].Id()}", new { archived = true }).JsonAsync();

        using var answer = await desk.GetAsync($"codes/{id}/channels/qr?size=256");

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("读书会-渠道码.zip");
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        zip.Entries.Select(entry => entry.FullName).ShouldBe(["海报 A-读书会.png", "海报 a-读书会 (2).png", ".._门店-读书会.png"]);
        for (var at = 0; at < zip.Entries.Count; at++)
        {
            using var picture = new MemoryStream();
            await using (var entry = await zip.Entries[at].OpenAsync(TestContext.Current.CancellationToken))
            {
                await entry.CopyToAsync(picture, TestContext.Current.CancellationToken);
            }

            PayloadOf(picture.ToArray()).ShouldBe(made[at].Text("url"));
        }
    }

    [Fact]
    public async Task Zip_IsNotThere_WithoutChannels()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();

        await desk.GetAsync($"codes/{id}/channels/qr").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.GetAsync($"codes/{id}/channels/qr?size=1").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "size");
    }

    private string PayloadOf(byte[] png) => workshop.Reader.Read(Workshop.Open(png).ToGrey()).ShouldHaveSingleItem().Payload;
}
