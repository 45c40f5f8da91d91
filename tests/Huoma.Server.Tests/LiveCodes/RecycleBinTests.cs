using System.Net;
using Huoma.Server.LiveCodes.Deleted;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class RecycleBinTests
{
    [Theory]
    [BothStores]
    public async Task Code_ComesBack_WithSlotsCountsAndAddress(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync("读书会");
        var id = code.Text("id");
        var slot = await desk.AddSlotAsync(id);
        var phone = new Phone(app.Visitor());
        var before = await phone.ScanAsync(code.Text("key"));
        await phone.PressAsync(code.Text("key"), before);

        (await desk.DeleteAsync($"codes/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await phone.ScanAsync(code.Text("key"))).State.ShouldBe("off-duty");
        await desk.GetAsync($"codes/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        app.Clock.Advance(TimeSpan.FromDays(29));
        desk = await Desk.OpenAsync(app);
        var bin = await desk.GetAsync("codes?deleted=true&q=读书").JsonAsync();
        bin.Texts("id").ShouldBe([id]);
        bin.At("items")[0].Text("deletedAt").ShouldBe("2026-11-22T04:00:00.000Z");
        bin.At("items")[0].Text("restorableUntil").ShouldBe("2026-12-22T04:00:00.000Z");
        bin.At("items")[0].Number("counts.slots").ShouldBe(1);

        var restored = await desk.PostAsync($"codes/{id}/restore", new { }).JsonAsync();

        restored.Text("key").ShouldBe(code.Text("key"));
        restored.IsNull("deletedAt").ShouldBeTrue();
        (restored.Number("counts.pressVisitors"), restored.Number("counts.slots")).ShouldBe((1, 1));
        await desk.PatchAsync($"slots/{slot.Text("id")}", new { expiresAt = Desk.Iso(app.Clock.GetUtcNow().AddDays(7)) }).JsonAsync();
        (await phone.ScanAsync(code.Text("key"))).Slot.ShouldBe(slot.Text("id"));
        (await desk.GetAsync("codes?deleted=true").JsonAsync()).Number("total").ShouldBe(0);
        await desk.PostAsync($"codes/{id}/restore", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [BothStores]
    public async Task Code_StaysDeleted_After30Days(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var id = code.Text("id");
        await desk.DeleteAsync($"codes/{id}");

        app.Clock.Advance(TimeSpan.FromDays(31));
        desk = await Desk.OpenAsync(app);
        (await desk.GetAsync("codes?deleted=true").JsonAsync()).Number("total").ShouldBe(0);
        await desk.PostAsync($"codes/{id}/restore", new { }).ProblemAsync(HttpStatusCode.Conflict, "recycle-bin.too-late");

        await app.Services.GetRequiredService<EmptyRecycleBin>().RunAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<EmptyRecycleBin>().RunAsync(TestContext.Current.CancellationToken);

        // Not even a clock that goes back brings it back; its print keeps answering.
        app.Clock.Advance(TimeSpan.FromDays(-31));
        await desk.PostAsync($"codes/{id}/restore", new { }).ProblemAsync(HttpStatusCode.Conflict, "recycle-bin.too-late");
        (await desk.GetAsync("codes?deleted=true").JsonAsync()).Number("total").ShouldBe(0);
        var page = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        (page.State, page.Status).ShouldBe(("off-duty", HttpStatusCode.OK));
        var purged = (await desk.GetAsync($"codes/{id}/history").JsonAsync()).At("items").EnumerateArray().Single(entry => entry.Text("action") == "purged");
        purged.Text("actor.name").ShouldBe("系统");
        purged.IsNull("actor.id").ShouldBeTrue();
    }

    [Theory]
    [BothStores]
    public async Task Job_LeavesWhatCanStillComeBack(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        await desk.DeleteAsync($"codes/{id}");
        app.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        desk = await Desk.OpenAsync(app);

        await app.Services.GetRequiredService<EmptyRecycleBin>().RunAsync(TestContext.Current.CancellationToken);

        (await desk.PostAsync($"codes/{id}/restore", new { }).JsonAsync()).Text("id").ShouldBe(id);
    }

    [Theory]
    [BothStores]
    public async Task Slot_ComesBackToItsPlace_Within30Days(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var first = await desk.AddSlotAsync(id, "一群");
        var second = await desk.AddSlotAsync(id, "二群");
        await desk.AddSlotAsync(id, "三群");
        await desk.DeleteAsync($"slots/{first.Text("id")}");
        await desk.DeleteAsync($"slots/{second.Text("id")}");
        var left = (await desk.SlotsAsync(id))[0].Text("id");
        await desk.PutAsync($"codes/{id}/slots/order", new { ids = (string[])[left] });

        var bin = await desk.GetAsync($"codes/{id}/slots/deleted").JsonAsync();
        bin.Texts("name").ShouldBe(["一群", "二群"], ignoreOrder: true);
        bin.At("items")[0].Text("restorableUntil").ShouldBe("2026-12-22T04:00:00.000Z");
        bin.At("items")[0].Text("imageUrl").ShouldStartWith("/m/");
        app.Clock.Advance(TimeSpan.FromDays(29));
        desk = await Desk.OpenAsync(app);
        (await desk.PostAsync($"slots/{first.Text("id")}/restore", new { }).JsonAsync()).Number("position").ShouldBe(1);

        (await desk.SlotsAsync(id)).Select(slot => slot.Text("name")).ShouldBe(["一群", "三群"]);
        await desk.PostAsync($"slots/{first.Text("id")}/restore", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        app.Clock.Advance(TimeSpan.FromDays(2));
        desk = await Desk.OpenAsync(app);
        await desk.PostAsync($"slots/{second.Text("id")}/restore", new { }).ProblemAsync(HttpStatusCode.Conflict, "recycle-bin.too-late");
        (await desk.GetAsync($"codes/{id}/slots/deleted").JsonAsync()).Number("total").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task RecycleBin_OfAnotherTenant_IsNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = (await desk.AddSlotAsync(id)).Text("id");
        await desk.DeleteAsync($"slots/{slot}");

        await other.PostAsync($"slots/{slot}/restore", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await other.GetAsync($"codes/{id}/slots/deleted").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.DeleteAsync($"codes/{id}");
        await other.PostAsync($"codes/{id}/restore", new { }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await other.GetAsync("codes?deleted=true").JsonAsync()).Number("total").ShouldBe(0);
        (await desk.GetAsync("codes?deleted=true").JsonAsync()).Number("total").ShouldBe(1);
    }
}
