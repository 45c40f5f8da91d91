using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>Who changed what: one exact entry for each thing that is done.</summary>
public sealed class HistoryTests
{
    [Theory]
    [BothStores]
    public async Task Edits_AreRemembered_FieldByField(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync("旧名", "旧备注")).Text("id");
        await desk.PatchAsync($"codes/{id}", new { name = "新名", remark = "旧备注", welcome = new { groupIntro = "介绍" }, seats = new { cap = 150 } }).JsonAsync();
        await desk.PatchAsync($"codes/{id}", new { name = "新名" }).JsonAsync();
        await desk.PatchAsync($"codes/{id}", new { status = "off", sticky = false }).JsonAsync();
        await desk.DeleteAsync($"codes/{id}");
        await desk.PostAsync($"codes/{id}/restore", new { }).JsonAsync();

        var history = await HistoryAsync(desk, id);

        history.Select(entry => entry.Text("action")).ShouldBe(["created", "edited", "edited", "deleted", "restored"]);
        history.ShouldAllBe(entry => entry.Text("subject.kind") == "live-code" && entry.Text("subject.id") == id && entry.Text("way") == "direct");
        history.ShouldAllBe(entry => entry.Text("actor.name") == "管理员" && entry.Text("at") == "2026-11-22T04:00:00.000Z" && entry.Text("code.id") == id);
        history.Select(entry => entry.Text("subject.name")).ShouldBe(["旧名", "新名", "新名", "新名", "新名"]);
        Changes(history[0]).ShouldBeEmpty();
        Changes(history[1]).ShouldBe(["name: 旧名 → 新名", "seats.cap:  → 150", "welcome.groupIntro:  → 介绍"], ignoreOrder: true);
        Changes(history[2]).ShouldBe(["status: on → off", "sticky: True → False"], ignoreOrder: true);
        Changes(history[3]).ShouldBeEmpty();
        history[1].Text("actor.id").ShouldBe((await desk.GetAsync("me").JsonAsync()).Text("user.id"));
    }

    [Theory]
    [BothStores]
    public async Task Slots_AreRemembered(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync("读书会")).Text("id");
        var first = await desk.AddSlotAsync(id, "一群");
        var second = await desk.AddSlotAsync(id, "二群");
        var path = $"slots/{first.Text("id")}";
        await desk.PatchAsync(path, new { threshold = 50, supportWeChatId = "kefu001", enabled = true }).JsonAsync();
        var imageId = await desk.PictureAsync();
        await desk.PutAsync(path + "/image", new { imageId, newGroup = true, expiresAt = "2026-12-01T04:00:00Z" }).JsonAsync();
        await desk.PutAsync($"codes/{id}/slots/order", new { ids = (string[])[second.Text("id"), first.Text("id")] });
        await desk.DeleteAsync(path);
        await desk.PostAsync(path + "/restore", new { }).JsonAsync();

        var history = await HistoryAsync(desk, id);

        history.Select(entry => $"{entry.Text("subject.name")} {entry.Text("action")}").ShouldBe(
            ["读书会 created", "一群 created", "二群 created", "一群 edited", "一群 picture-replaced", "读书会 reordered", "一群 deleted", "一群 restored"]);
        Changes(history[1]).ShouldBe([$"imageId:  → {first.Text("imageId")}"]);
        Changes(history[3]).ShouldBe(["supportWeChatId:  → kefu001", "threshold: 100 → 50"], ignoreOrder: true);
        Changes(history[4]).ShouldBe(
            [$"imageId: {first.Text("imageId")} → {imageId}", "round: 1 → 2", "expiresAt: 2026-11-29T04:00:00.000Z → 2026-12-01T04:00:00.000Z"], ignoreOrder: true);
        var picture = history[4].At("changes").EnumerateArray().Single(change => change.Text("field") == "imageId");
        picture.Text("oldUrl").ShouldBe(first.Text("imageUrl"));
        picture.Text("newUrl").ShouldStartWith("/m/");
        Changes(history[5]).ShouldBe(["""order: ["一群","二群"] → ["二群","一群"]"""]);
        history[4].Text("code.name").ShouldBe("读书会");
    }

    [Theory]
    [BothStores]
    public async Task Bulk_IsOneEntryForEachCodeItChanged(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        await desk.PostAsync("codes/status", new { ids = (string[])[id], status = "off" }).JsonAsync();
        await desk.PostAsync("codes/status", new { ids = (string[])[id], status = "off" }).JsonAsync();
        await desk.PostAsync("codes/delete", new { ids = (string[])[id] }).JsonAsync();

        var history = await HistoryAsync(desk, id);

        history.Select(entry => $"{entry.Text("action")} {entry.Text("way")}").ShouldBe(["created direct", "edited bulk", "deleted bulk"]);
    }

    [Theory]
    [BothStores]
    public async Task WhatWasRefused_IsNotRemembered(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var id = code.Text("id");
        var slot = await desk.AddSlotAsync(id);

        await desk.PatchAsync($"codes/{id}", new { version = 1, name = "x" }).ProblemAsync(HttpStatusCode.Conflict, "live-code.changed-meanwhile");
        await desk.PatchAsync($"codes/{id}", new { welcome = new { enabled = true } }).ProblemAsync(HttpStatusCode.Conflict, "live-code.welcome-without-picture");
        await desk.PatchAsync($"slots/{slot.Text("id")}", new { name = "x", expiresAt = "2020-01-01T00:00:00Z" })
            .ProblemAsync(HttpStatusCode.Conflict, "slot.expiry-in-the-past");

        (await HistoryAsync(desk, id)).Count.ShouldBe(2);
    }

    [Theory]
    [BothStores]
    public async Task History_OfAnotherTenant_IsNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");

        await other.GetAsync($"codes/{id}/history").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await other.GetAsync($"audit-log?codeId={id}").JsonAsync()).Number("total").ShouldBe(0);
        (await other.GetAsync("audit-log").JsonAsync()).Texts("subject.kind").ShouldAllBe(kind => kind == "user");
    }

    internal static async Task<List<JsonElement>> HistoryAsync(Desk desk, string id) =>
        [.. (await desk.GetAsync($"codes/{id}/history?pageSize=100").JsonAsync()).At("items").EnumerateArray().Reverse()];

    internal static List<string> Changes(JsonElement entry) =>
        [.. entry.At("changes").EnumerateArray().Select(change => $"{change.Text("field")}: {change.At("old")} → {change.At("new")}")];
}
