using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class SlotPictureTests
{
    [Theory]
    [BothStores]
    public async Task Replace_KeepsTheCounters_UnlessItIsANewGroup(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id, "一群", threshold: 5);
        await desk.CountAsync(slot, app.Clock.GetUtcNow(), scans: 9, visitors: 8, presses: 7, pressVisitors: 5);
        var path = $"slots/{slot.Text("id")}/image";
        app.Clock.Advance(TimeSpan.FromHours(6));

        var same = await desk.PutAsync(path, new { imageId = await desk.PictureAsync() }).JsonAsync();

        same.Text("expiresAt").ShouldBe("2026-11-29T10:00:00.000Z");
        ((long[])[same.Number("round"), same.Number("views"), same.Number("pressVisitors")]).ShouldBe([1, 9, 5]);
        same.Text("state").ShouldBe("full");

        var imageId = await desk.PictureAsync();
        var fresh = await desk.PutAsync(path, new { imageId, newGroup = true, expiresAt = "2026-12-01T00:00:00Z" }).JsonAsync();

        fresh.Text("id").ShouldBe(slot.Text("id"));
        fresh.Text("imageId").ShouldBe(imageId);
        fresh.Text("expiresAt").ShouldBe("2026-12-01T00:00:00.000Z");
        ((long[])[fresh.Number("round"), fresh.Number("views"), fresh.Number("presses"), fresh.Number("pressVisitors")]).ShouldBe([2, 0, 0, 0]);
        fresh.Text("state").ShouldBe("serving");
        (await desk.CodeAsync(id)).Number("counts.presses").ShouldBe(7);
    }

    [Theory]
    [BothStores]
    public async Task Add_WarnsOfDoubtfulPictures(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync("甲")).Text("id");
        var other = (await desk.CreateCodeAsync("乙")).Text("id");
        const string payload = "https://weixin.qq.com/g/AwYAAsame";

        await ShouldWarnAsync(await desk.PictureAsync([]), "picture.no-qr");
        await ShouldWarnAsync(await desk.PictureAsync("https://weixin.qq.com/g/a", "https://weixin.qq.com/g/b"), "picture.several-qrs");
        await ShouldWarnAsync(await desk.PictureAsync("https://weixin.qq.com/r/card"), "picture.wrong-kind");
        await ShouldWarnAsync(await desk.PictureAsync("wxp://f2f0"), "picture.wrong-kind");
        var picture = await desk.PictureAsync(payload);
        var first = await desk.AddSlotAsync(id, new { imageId = picture, name = "正身" });
        first.At("warnings").GetArrayLength().ShouldBe(0);
        (await ShouldWarnAsync(picture, "picture.already-used")).ShouldContain("「正身」");
        await desk.DeleteAsync($"slots/{(await desk.SlotsAsync(id))[^1].Text("id")}").JsonAsync(HttpStatusCode.NoContent);
        var elsewhere = await desk.AddSlotAsync(other, new { imageId = await desk.PictureAsync(payload), name = "替身" });
        elsewhere.At("warnings")[0].Text("message").ShouldContain("「甲 / 正身」");

        // Once the other is gone there is nothing to warn of any more.
        (await desk.SlotsAsync(id))[^1].At("warnings")[0].Text("code").ShouldBe("picture.already-used");
        await desk.DeleteAsync($"codes/{other}").JsonAsync(HttpStatusCode.NoContent);
        (await desk.SlotsAsync(id))[^1].At("warnings").GetArrayLength().ShouldBe(0);
        var again = await desk.PutAsync($"slots/{first.Text("id")}/image?strict=true", new { imageId = picture }).JsonAsync();
        again.At("warnings").GetArrayLength().ShouldBe(0);

        async Task<string> ShouldWarnAsync(string imageId, string code)
        {
            var slot = await desk.AddSlotAsync(id, new { imageId, name = "可疑" });
            var warning = slot.At("warnings")[0];
            warning.Text("code").ShouldBe(code);
            return warning.Text("message");
        }
    }

    [Theory]
    [BothStores]
    public async Task Strict_WantsAReasonForADoubtfulPicture(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var path = $"codes/{code.Text("id")}/slots";
        var imageId = await desk.PictureAsync([]);

        var problem = await desk.PostAsync($"{path}?strict=true", new { imageId, overrideReason = " " })
            .ProblemAsync(HttpStatusCode.Conflict, "slot.picture-doubtful", "overrideReason");

        problem.At("warnings")[0].Text("code").ShouldBe("picture.no-qr");
        (await desk.SlotsAsync(code.Text("id"))).ShouldBeEmpty();
        (await desk.CodeAsync(code.Text("id"))).Number("version").ShouldBe(code.Number("version"));

        var slot = await desk.PostAsync($"{path}?strict=true", new { imageId, overrideReason = "已人工核对" }).JsonAsync(HttpStatusCode.Created);
        slot.Text("overrideReason").ShouldBe("已人工核对");
        slot.At("warnings")[0].Text("code").ShouldBe("picture.no-qr");

        var put = $"slots/{slot.Text("id")}/image?strict=true";
        await desk.PutAsync(put, new { imageId }).ProblemAsync(HttpStatusCode.Conflict, "slot.picture-doubtful");
        var clean = await desk.PutAsync(put, new { imageId = await desk.PictureAsync(), overrideReason = "用不上" }).JsonAsync();
        clean.IsNull("overrideReason").ShouldBeTrue();
    }

    [Theory]
    [BothStores]
    public async Task Form_BringsThePictureAlong(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var path = $"codes/{(await desk.CreateCodeAsync()).Text("id")}/slots";
        var picture = await PictureAsync("group-001.jpg");

        var slot = await desk.SendFormAsync(
            HttpMethod.Post, path, picture, ("threshold", "7"), ("expiresAt", "2026-11-25T20:00:00+08:00"), ("supportWeChatId", "kefu")).JsonAsync(HttpStatusCode.Created);

        slot.Text("name").ShouldBe("五群");
        slot.Number("threshold").ShouldBe(7);
        slot.Text("expiresAt").ShouldBe("2026-11-25T12:00:00.000Z");
        slot.Text("supportWeChatId").ShouldBe("kefu");
        slot.Text("qrKind").ShouldBe("group");
        (await desk.SendFormAsync(HttpMethod.Post, path, picture, ("name", "又一个")).JsonAsync(HttpStatusCode.Created))
            .At("warnings")[0].Text("code").ShouldBe("picture.already-used");

        var put = $"slots/{slot.Text("id")}/image";
        var replaced = await desk.SendFormAsync(HttpMethod.Put, put, await PictureAsync("group-003.jpg"), ("newGroup", "true")).JsonAsync();
        replaced.Number("round").ShouldBe(2);
        replaced.Text("imageId").ShouldNotBe(slot.Text("imageId"));
    }

    [Theory]
    [BothStores]
    public async Task Form_ThatIsWrong_AddsNothing(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var path = $"codes/{id}/slots";
        var picture = await PictureAsync("group-001.jpg");

        await PostAsync(null, ("name", "一群")).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "image");
        await PostAsync([1, 2, 3]).ProblemAsync(HttpStatusCode.BadRequest, "picture.unsupported", "image");
        await PostAsync(picture, ("threshold", "十")).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "threshold");
        await PostAsync(picture, ("threshold", "0")).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "threshold");
        await PostAsync(picture, ("expiresAt", "明天")).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "expiresAt");
        await PostAsync(picture, ("expiresAt", "2020-01-01")).ProblemAsync(HttpStatusCode.Conflict, "slot.expiry-in-the-past", "expiresAt");
        await PostAsync(picture, ("name", "\uFFFD")).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await PostAsync(picture, ("name", new string('长', 31))).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await PostAsync(new byte[(2 * 1024 * 1024) + 1]).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "picture.too-large", "image");
        await desk.SendAsync(HttpMethod.Post, path, new StringContent("name=x")).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "input.unsupported-type");

        (await desk.SlotsAsync(id)).ShouldBeEmpty();

        Task<HttpResponseMessage> PostAsync(byte[]? file, params (string Name, string Value)[] fields) => desk.SendFormAsync(HttpMethod.Post, path, file, fields);
    }

    private static Task<byte[]> PictureAsync(string name) => File.ReadAllBytesAsync(Path.Combine(Architecture.Sources.Root, "tests", "pictures", name));
}
