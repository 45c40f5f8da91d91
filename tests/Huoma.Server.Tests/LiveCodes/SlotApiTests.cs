using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class SlotApiTests
{
    [Theory]
    [BothStores]
    public async Task Add_FillsInWhatIsMissing(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();

        var slot = await desk.AddSlotAsync(code.Text("id"), new { imageId = await desk.PictureAsync("https://weixin.qq.com/g/AwYAAabc") });

        slot.Text("codeId").ShouldBe(code.Text("id"));
        slot.Text("name").ShouldBe("群1");
        slot.Text("payload").ShouldBe("https://weixin.qq.com/g/AwYAAabc");
        slot.Text("qrKind").ShouldBe("group");
        slot.Text("imageUrl").ShouldStartWith("/m/");
        slot.IsNull("supportWeChatId").ShouldBeTrue();
        slot.Text("expiresAt").ShouldBe("2026-11-29T04:00:00.000Z");
        slot.Number("threshold").ShouldBe(100);
        slot.Flag("enabled").ShouldBeTrue();
        slot.Number("position").ShouldBe(1);
        slot.Number("round").ShouldBe(1);
        slot.Text("state").ShouldBe("serving");
        slot.At("warnings").GetArrayLength().ShouldBe(0);
        (await desk.CodeAsync(code.Text("id"))).Number("version").ShouldBeGreaterThan(code.Number("version"));
    }

    [Theory]
    [BothStores]
    public async Task States_FollowOrderExpiryThresholdAndSwitch(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var now = app.Clock.GetUtcNow();
        var full = await desk.AddSlotAsync(id, "满", threshold: 2);
        var off = await desk.AddSlotAsync(id, "停");
        var expiring = await desk.AddSlotAsync(
            id, new { imageId = await desk.PictureAsync(), name = "过期", expiresAt = Desk.Iso(now.AddHours(1)), supportWeChatId = " kefu001 " });
        var serving = await desk.AddSlotAsync(id, "用");
        await desk.AddSlotAsync(id, "等");
        await desk.CountAsync(full, now, presses: 2, pressVisitors: 2);
        await desk.PatchAsync($"slots/{off.Text("id")}", new { enabled = false }).JsonAsync();
        expiring.Text("supportWeChatId").ShouldBe("kefu001");
        (await StatesAsync()).ShouldBe(["full", "off", "serving", "waiting", "waiting"]);

        app.Clock.Advance(TimeSpan.FromHours(1));
        (await StatesAsync()).ShouldBe(["full", "off", "expired", "serving", "waiting"]);

        // D6: an earlier slot that becomes usable again is shown first again.
        await desk.PatchAsync($"slots/{full.Text("id")}", new { threshold = 3 }).JsonAsync();
        (await StatesAsync()).ShouldBe(["serving", "off", "expired", "waiting", "waiting"]);
        (await desk.CodeAsync(id)).Number("counts.usableSlots").ShouldBe(3);
        serving.Text("state").ShouldBe("waiting");

        async Task<IEnumerable<string>> StatesAsync() => (await desk.SlotsAsync(id)).Select(slot => slot.Text("state"));
    }

    [Theory]
    [BothStores]
    public async Task Edit_ChangesWhatIsSent_AndNothingElse(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var made = await desk.AddSlotAsync(code.Text("id"), new { imageId = await desk.PictureAsync(), name = "一群", supportWeChatId = "kefu001" });
        var path = $"slots/{made.Text("id")}";

        (await desk.PatchAsync(path, new { name = " 二群 " }).JsonAsync()).Text("supportWeChatId").ShouldBe("kefu001");
        (await desk.PatchAsync(path, new { supportWeChatId = (string?)null }).JsonAsync()).IsNull("supportWeChatId").ShouldBeTrue();
        await desk.PatchAsync(path, new { expiresAt = "2026-11-22T13:00:00+08:00", threshold = 500 }).JsonAsync();

        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        var slot = await desk.PatchAsync(path, new { name = "三群", expiresAt = "2026-11-22T05:00:00Z" }).JsonAsync();
        slot.Text("name").ShouldBe("三群");
        slot.Text("expiresAt").ShouldBe("2026-11-22T05:00:00.000Z");
        slot.Number("threshold").ShouldBe(500);
        slot.Text("imageId").ShouldBe(made.Text("imageId"));
        slot.Text("state").ShouldBe("expired");
        (await desk.CodeAsync(code.Text("id"))).Number("version").ShouldBeGreaterThanOrEqualTo(code.Number("version") + 5);
    }

    [Theory]
    [BothStores]
    public async Task Order_TakesTheWholeListOnly(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slots = new List<JsonElement>();
        foreach (var name in (string[])["一", "二", "三", "四"])
        {
            slots.Add(await desk.AddSlotAsync(id, name));
        }

        string[] ids = [.. slots.Select(slot => slot.Text("id"))];
        await desk.DeleteAsync($"slots/{ids[1]}").JsonAsync(HttpStatusCode.NoContent);
        var path = $"codes/{id}/slots/order";

        await desk.PutAsync(path, new { ids = (string[])[ids[3], ids[0], ids[2]] }).JsonAsync(HttpStatusCode.NoContent);

        await ShouldBeInOrderAsync();
        foreach (var wrong in (string[][])[[ids[0], ids[2]], ids, [ids[0], ids[0], ids[2]], [ids[0], ids[2], "00000000000"], []])
        {
            await desk.PutAsync(path, new { ids = wrong }).ProblemAsync(HttpStatusCode.Conflict, "slot.order-incomplete", "ids");
        }

        await desk.PutAsync(path, new { }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
        await ShouldBeInOrderAsync();
        (await desk.AddSlotAsync(id, "五")).Number("position").ShouldBe(4);
        (await desk.GetAsync($"codes/{id}/slots?page=2&pageSize=3").JsonAsync()).Texts("name").ShouldBe(["五"]);

        async Task ShouldBeInOrderAsync()
        {
            var list = await desk.SlotsAsync(id);
            list.Select(slot => slot.Text("name")).ShouldBe(["四", "一", "三"]);
            list.Select(slot => slot.Number("position")).ShouldBe([1, 2, 3]);
            list.Select(slot => slot.Text("state")).ShouldBe(["serving", "waiting", "waiting"]);
        }
    }

    [Theory]
    [BothStores]
    public async Task Delete_LeavesTheCodesCounts(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id);
        await desk.CountAsync(slot, app.Clock.GetUtcNow(), scans: 3, visitors: 2);

        await desk.DeleteAsync($"slots/{slot.Text("id")}").JsonAsync(HttpStatusCode.NoContent);

        await desk.DeleteAsync($"slots/{slot.Text("id")}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await desk.SlotsAsync(id)).ShouldBeEmpty();
        var code = await desk.CodeAsync(id);
        code.Number("counts.visitors").ShouldBe(2);
        code.Number("counts.slots").ShouldBe(0);
    }
}
