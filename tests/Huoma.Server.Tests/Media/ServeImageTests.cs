using System.Net;
using System.Net.Http.Headers;
using Huoma.Server.Media;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Media;

public sealed class ServeImageTests
{
    private static readonly byte[] Content = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9];

    [Fact]
    public async Task Get_ServesTheFile_ForEver()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var address = await KeepAsync(app);

        using var answer = await app.Visitor().GetAsync(Path(address), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(Content);
        answer.Content.Headers.ContentType?.ToString().ShouldBe("image/jpeg");
        answer.Content.Headers.ContentLength.ShouldBe(Content.Length);
        answer.Headers.CacheControl?.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'"]);
        answer.Headers.ETag?.Tag.ShouldBe($"\"{address.Hash}\"");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Get_IsNotModified_WhenItIsKnown()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var address = await KeepAsync(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(address));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{address.Hash}\""));

        using var answer = await app.Visitor().SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Head_TellsTheLength_WithoutTheFile()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var address = await KeepAsync(app);
        using var request = new HttpRequestMessage(HttpMethod.Head, Path(address));

        using var answer = await app.Visitor().SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.ShouldBe(Content.Length);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/m/0000000000000000000000000000000000000000000000000000000000000000.jpg")]
    [InlineData("/m/huoma.db")]
    [InlineData("/m/..%2fhuoma.db")]
    [InlineData("/m/%2e%2e%2f%2e%2e%2fhuoma.db")]
    [InlineData("/m/..%5chuoma.db")]
    [InlineData("/m/")]
    public async Task Get_IsNotFound_WhenThereIsNoSuchPicture(string path)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);

        using var answer = await app.Visitor().GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.CacheControl?.Public.ShouldBeFalse();
    }

    private static Uri Path(MediaAddress address) => new($"/m/{address.FileName}", UriKind.Relative);

    private static async Task<MediaAddress> KeepAsync(HuomaApp app)
    {
        var address = MediaAddress.Of(new TenantId(1), Content, "jpg");
        await app.Services.GetRequiredService<MediaFiles>().SaveAsync(address, Content, TestContext.Current.CancellationToken);
        return address;
    }
}
