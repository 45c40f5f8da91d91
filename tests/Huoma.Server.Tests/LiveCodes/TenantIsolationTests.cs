using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>E.5 item 15: every id of one tenant is unknown to another.</summary>
public sealed class TenantIsolationTests
{
    [Theory]
    [BothStores]
    public async Task Ids_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id);
        var slotId = slot.Text("id");
        await desk.CountAsync(slot, app.Clock.GetUtcNow(), scans: 1, visitors: 1, presses: 1, pressVisitors: 1);
        var imageId = await other.PictureAsync();
        var code = (await desk.CodeAsync(id)).ToString();

        Task<HttpResponseMessage>[] foreign =
        [
            other.GetAsync($"codes/{id}"),
            other.GetAsync($"codes/{id}/qr"),
            other.GetAsync($"codes/{id}/slots"),
            other.PatchAsync($"codes/{id}", new { name = "夺" }),
            other.DeleteAsync($"codes/{id}"),
            other.PostAsync($"codes/{id}/slots", new { imageId }),
            other.SendFormAsync(HttpMethod.Post, $"codes/{id}/slots", [1], ("name", "夺")),
            other.PutAsync($"codes/{id}/slots/order", new { ids = (string[])[slotId] }),
            other.PatchAsync($"slots/{slotId}", new { name = "夺" }),
            other.PutAsync($"slots/{slotId}/image", new { imageId }),
            other.DeleteAsync($"slots/{slotId}"),
        ];

        foreach (var answer in foreign)
        {
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await other.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(0);
        var overview = await other.GetAsync("overview").JsonAsync();
        overview.Number("total.scans").ShouldBe(0);
        overview.Number("codes.total").ShouldBe(0);
        (await desk.CodeAsync(id)).ToString().ShouldBe(code);
        (await desk.SlotsAsync(id)).ShouldHaveSingleItem();
    }

    [Theory]
    [BothStores]
    public async Task Pictures_OfAnotherTenant_CanNotBeUsed(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var theirs = await other.PictureAsync("https://weixin.qq.com/g/AwYAAsecret");
        await other.AddSlotAsync((await other.CreateCodeAsync()).Text("id"), new { imageId = theirs });
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id);

        await desk.PostAsync($"codes/{id}/slots", new { imageId = theirs }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "imageId");
        await desk.PutAsync($"slots/{slot.Text("id")}/image", new { imageId = theirs }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "imageId");
        await desk.PatchAsync($"codes/{id}", new { welcome = new { imageId = theirs } })
            .ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "welcome.imageId");

        // That another tenant uses the same group is nobody's business.
        var same = await desk.AddSlotAsync(id, new { imageId = await desk.PictureAsync("https://weixin.qq.com/g/AwYAAsecret") });
        same.At("warnings").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Ids_ThatAreNone_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);

        foreach (var id in (string[])["00000000000", "00000000001", "zzzzzzzzzzz", "1", "%E4%BD%A0", "a%20b"])
        {
            await desk.GetAsync($"codes/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await desk.PatchAsync($"slots/{id}", new { name = "x" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }
}
