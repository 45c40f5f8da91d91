using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Huoma.Domain.Accounts;
using Huoma.Server.Imaging;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class UploadImageTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly (string Name, string Payload) Sample = SamplePictures.All[0];

    [Theory]
    [BothStores]
    public async Task Upload_SaysWhatIsInThePicture(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);

        var image = await UploadAsync(desk, SamplePictures.Read(Sample.Name)).JsonAsync();

        image.Text("qr.payload").ShouldBe(Sample.Payload);
        image.Text("qr.kind").ShouldBe("group");
        image.Text("url").ShouldMatch("^/m/[0-9a-f]{64}\\.jpg$");
        image.Number("width").ShouldBeGreaterThan(0);
        Warnings(image).ShouldBeEmpty();
    }

    [Theory]
    [BothStores]
    public async Task Upload_KeepsOnePicture_WhenTheSameIsSentAgain(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var file = SamplePictures.Read(Sample.Name);

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => UploadAsync(desk, file).JsonAsync()));

        all.Select(image => image.Text("id")).Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(Path.Combine(app.DataDirectory, "media"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Theory]
    [BothStores]
    public async Task Upload_IsAnotherPicture_ForAnotherTenant(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var file = SamplePictures.Read(Sample.Name);
        var code = await desk.CreateCodeAsync();

        var mine = await UploadAsync(desk, file).JsonAsync();
        await desk.AddSlotAsync(code.Text("id"), new { imageId = mine.Text("id"), name = "一群" });
        var theirs = await UploadAsync(other, file).JsonAsync();

        theirs.Text("id").ShouldNotBe(mine.Text("id"));
        theirs.Text("url").ShouldNotBe(mine.Text("url"));
        Warnings(theirs).ShouldBeEmpty();
        await UploadAsync(other, file, codeId: code.Text("id")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [BothStores]
    public async Task Upload_NamesTheSlot_ThatShowsTheSameCodeAlready(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync("读书会");
        var first = await UploadAsync(desk, QrPicture.Png("https://weixin.qq.com/g/abc", 400)).JsonAsync();
        await desk.AddSlotAsync(code.Text("id"), new { imageId = first.Text("id"), name = "一群" });

        var same = await UploadAsync(desk, QrPicture.Png("https://weixin.qq.com/g/abc", 400)).JsonAsync();
        var otherPicture = await UploadAsync(desk, QrPicture.Png("https://weixin.qq.com/g/abc", 512)).JsonAsync();
        var otherGroup = await UploadAsync(desk, QrPicture.Png("https://weixin.qq.com/g/def", 400)).JsonAsync();

        Warnings(same).ShouldBe(["picture.already-used"]);
        Warnings(otherPicture).ShouldBe(["picture.already-used"]);
        otherPicture.At("warnings")[0].Text("message").ShouldContain("读书会 / 一群");
        Warnings(otherGroup).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wxp://f2f0AbCdEf", "payment", "picture.wrong-kind")]
    [InlineData("https://u.wechat.com/abc", "card", "picture.wrong-kind")]
    [InlineData("https://weixin.qq.com/g/abc", "group", null)]
    [InlineData("https://work.weixin.qq.com/gm/abc", "wecom", null)]
    [InlineData("https://evil.example/weixin.qq.com/g/abc", "other", "picture.wrong-kind")]
    [InlineData("活动详情请咨询", "other", "picture.wrong-kind")]
    public async Task Upload_TellsTheKind(string payload, string kind, string? warning)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);

        var image = await UploadAsync(desk, QrPicture.Png(payload, 400)).JsonAsync();

        image.Text("qr.payload").ShouldBe(payload);
        image.Text("qr.kind").ShouldBe(kind);
        Warnings(image).ShouldBe(warning is null ? [] : [warning]);
    }

    [Fact]
    public async Task Upload_Warns_WhenThereIsNoCode()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var blank = MadePictures.Jpeg(MadePictures.Quarters(750, 420));

        var slot = await UploadAsync(desk, blank).JsonAsync();
        var welcome = await UploadAsync(desk, blank, "welcome").JsonAsync();

        slot.IsNull("qr").ShouldBeTrue();
        Warnings(slot).ShouldBe(["picture.no-qr"]);
        Warnings(welcome).ShouldBeEmpty();
        (welcome.Number("width"), welcome.Number("height")).ShouldBe((750, 420));
    }

    [Fact]
    public async Task Upload_Refuses_WhatIsNoPicture()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var jpeg = MadePictures.Jpeg(MadePictures.Quarters(64, 64));

        await UploadAsync(desk, "<?php system($_GET['c']); ?>"u8.ToArray(), fileName: "群.png").ProblemAsync(HttpStatusCode.BadRequest, "picture.unsupported", "file");
        await UploadAsync(desk, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), fileName: "群.jpg").ProblemAsync(HttpStatusCode.BadRequest, "picture.unsupported", "file");
        await UploadAsync(desk, jpeg[..(jpeg.Length / 2)]).ProblemAsync(HttpStatusCode.BadRequest, "picture.unreadable", "file");
        await UploadAsync(desk, []).ProblemAsync(HttpStatusCode.BadRequest, "picture.unreadable", "file");
        await UploadAsync(desk, MadePictures.Png(50_000, 50_000, depth: 1, colour: 0)).ProblemAsync(HttpStatusCode.BadRequest, "picture.too-many-pixels", "file");
        await UploadAsync(desk, MadePictures.Jpeg(MadePictures.Quarters(749, 420)), "welcome").ProblemAsync(HttpStatusCode.BadRequest, "picture.wrong-size", "file");
        Directory.Exists(Path.Combine(app.DataDirectory, "media")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("slot", 2 * Megabyte)]
    [InlineData("welcome", Megabyte)]
    public async Task Upload_Refuses_WhenOneByteTooLong(string purpose, int limit)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var jpeg = MadePictures.Jpeg(MadePictures.Quarters(750, 420));

        await UploadAsync(desk, [.. jpeg, .. new byte[limit - jpeg.Length]], purpose).JsonAsync();
        await UploadAsync(desk, [.. jpeg, .. new byte[limit + 1 - jpeg.Length]], purpose).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "picture.too-large", "file");
        await UploadAsync(desk, new byte[8 * Megabyte], purpose).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "picture.too-large", "file");
    }

    [Fact]
    public async Task Upload_Refuses_WhenTheFormIsWrong()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var file = SamplePictures.Read(Sample.Name);
        using var two = Form("slot", file, file);
        using var none = Form("slot");
        using var broken = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc"u8.ToArray());
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var json = new StringContent("{}", new MediaTypeHeaderValue("application/json"));

        await UploadAsync(desk, file, "virus").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "purpose");
        await UploadAsync(desk, file, "").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "purpose");
        await desk.SendAsync(HttpMethod.Post, "images", two).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "file");
        await desk.SendAsync(HttpMethod.Post, "images", none).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "file");
        await desk.SendAsync(HttpMethod.Post, "images", broken).ProblemAsync(HttpStatusCode.BadRequest, "input.malformed");
        await desk.SendAsync(HttpMethod.Post, "images", json).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "input.unsupported-type");
        await UploadAsync(desk, file, codeId: "nothing").ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Upload_IsForbidden_ForAViewer()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var viewer = await Desk.OpenOtherTenantAsync(app, Role.Viewer);

        await UploadAsync(viewer, SamplePictures.Read(Sample.Name)).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<HttpResponseMessage> UploadAsync(Desk desk, byte[] file, string purpose = "slot", string? codeId = null, string fileName = "群二维码.jpg")
    {
        using var form = Form(purpose);
        form.Add(new ByteArrayContent(file), "file", fileName);
        if (codeId is not null)
        {
            form.Add(new StringContent(codeId), "codeId");
        }

        return await desk.SendAsync(HttpMethod.Post, "images", form);
    }

    private static MultipartFormDataContent Form(string purpose, params byte[][] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(purpose), "purpose" } };
        foreach (var file in files)
        {
            form.Add(new ByteArrayContent(file), "file", "a.jpg");
        }

        return form;
    }

    private static IEnumerable<string> Warnings(JsonElement image) => image.At("warnings").EnumerateArray().Select(warning => warning.Text("code"));
}
