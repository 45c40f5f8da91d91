using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class UndoPictureTests
{
    [Theory]
    [BothStores]
    public async Task Undo_PutsThePictureBack_WithItsExpiryRoundAndCounts(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (id, former, path) = await SlotAsync(desk);
        await desk.CountAsync(former, app.Clock.GetUtcNow(), presses: 9, pressVisitors: 7);
        var replaced = await ReplaceAsync(desk, path, newGroup: true);
        (replaced.Number("round"), replaced.Number("pressVisitors")).ShouldBe((2, 0));
        await desk.CountAsync(replaced, app.Clock.GetUtcNow(), presses: 2, pressVisitors: 2);

        var undone = await UndoAsync(desk, path, replaced).JsonAsync();

        Held(undone).ShouldBe(Held(former));
        undone.Number("pressVisitors").ShouldBe(7);

        // Another group does not get the counts of the one that was undone.
        var again = await ReplaceAsync(desk, path, newGroup: true);
        (again.Number("round"), again.Number("pressVisitors")).ShouldBe((3, 0));
        var history = await HistoryTests.HistoryAsync(desk, id);
        history.Select(entry => $"{entry.Text("action")} {entry.Text("way")}").ShouldBe(
            ["created direct", "created direct", "picture-replaced direct", "picture-replaced undo", "picture-replaced direct"]);
        HistoryTests.Changes(history[3]).ShouldContain("round: 2 → 1");
    }

    [Theory]
    [BothStores]
    public async Task Undo_OfAnUndo_BringsTheOtherGroupBack(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (_, _, path) = await SlotAsync(desk);
        var replaced = await ReplaceAsync(desk, path, newGroup: true);
        await desk.CountAsync(replaced, app.Clock.GetUtcNow(), presses: 2, pressVisitors: 2);
        var undone = await UndoAsync(desk, path, replaced).JsonAsync();

        var redone = await UndoAsync(desk, path, undone).JsonAsync();

        Held(redone).ShouldBe(Held(replaced));
        redone.Number("pressVisitors").ShouldBe(2);
    }

    [Theory]
    [BothStores]
    public async Task Undo_OfTheSameGroupsPicture_KeepsTheCounts_AndVisitorsSeeTheOldPicture(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (id, former, path) = await SlotAsync(desk);
        var key = (await desk.CodeAsync(id)).Text("key");
        var phone = new Phone(app.Visitor());
        var replaced = await ReplaceAsync(desk, path, newGroup: false);
        var seen = await phone.ScanAsync(key);
        seen.Html.ShouldContain(replaced.Text("imageUrl"));
        await phone.PressAsync(key, seen);

        var undone = await UndoAsync(desk, path, replaced).JsonAsync();

        (undone.Number("round"), undone.Number("pressVisitors")).ShouldBe((1, 1));
        (await phone.ScanAsync(key)).Html.ShouldContain(former.Text("imageUrl"));
    }

    [Theory]
    [BothStores]
    public async Task Undo_AtTheSameTime_HappensOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (id, former, path) = await SlotAsync(desk);
        var replaced = await ReplaceAsync(desk, path, newGroup: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => UndoAsync(desk, path, replaced)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await Task.FromResult(answer).ProblemAsync(HttpStatusCode.Conflict, "slot.picture-changed-meanwhile");
        }

        Held((await desk.SlotsAsync(id))[0]).ShouldBe(Held(former));
        (await HistoryTests.HistoryAsync(desk, id)).Count(entry => entry.Text("way") == "undo").ShouldBe(1);
    }

    [Theory]
    [BothStores]
    public async Task Undo_OfAnOlderReplacement_IsChosenFromTheHistory(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (id, former, path) = await SlotAsync(desk);
        await ReplaceAsync(desk, path, newGroup: true);
        var present = await ReplaceAsync(desk, path, newGroup: true);
        var history = await HistoryTests.HistoryAsync(desk, id);
        var first = history.First(entry => entry.Text("action") == "picture-replaced");

        var undone = await desk.PostAsync($"{path}/image/undo", new { imageId = present.Text("imageId"), entryId = first.Text("id") }).JsonAsync();

        Held(undone).ShouldBe(Held(former));
        await desk.PostAsync($"{path}/image/undo", new { imageId = undone.Text("imageId"), entryId = first.Text("id") })
            .ProblemAsync(HttpStatusCode.Conflict, "slot.picture-is-back");
        await desk.PostAsync($"{path}/image/undo", new { imageId = undone.Text("imageId"), entryId = history[0].Text("id") })
            .ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [BothStores]
    public async Task Undo_AsksForAReason_WhenTheFormerPictureHasExpired(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (_, former, path) = await SlotAsync(desk);
        app.Clock.Advance(TimeSpan.FromDays(6));
        desk = await Desk.OpenAsync(app);
        var replaced = await ReplaceAsync(desk, path, newGroup: false);
        app.Clock.Advance(TimeSpan.FromDays(1));
        desk = await Desk.OpenAsync(app);
        var imageId = replaced.Text("imageId");

        var problem = await UndoAsync(desk, path, replaced).ProblemAsync(HttpStatusCode.Conflict, "slot.picture-doubtful", "overrideReason");
        problem.At("warnings")[0].Text("code").ShouldBe("picture.expired");
        await desk.PostAsync($"{path}/image/undo", new { imageId, overrideReason = "还能进" })
            .ProblemAsync(HttpStatusCode.Conflict, "slot.expiry-in-the-past", "expiresAt");
        var expiresAt = Desk.Iso(app.Clock.GetUtcNow().AddDays(1));
        var undone = await desk.PostAsync($"{path}/image/undo", new { imageId, overrideReason = "还能进", expiresAt }).JsonAsync();

        undone.Text("imageId").ShouldBe(former.Text("imageId"));
        (undone.Text("expiresAt"), undone.Text("overrideReason")).ShouldBe((expiresAt, "还能进"));
    }

    [Theory]
    [BothStores]
    public async Task Undo_AsksForAReason_WhenTheFormerPictureIsUsedElsewhere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (id, former, path) = await SlotAsync(desk);
        var replaced = await ReplaceAsync(desk, path, newGroup: false);
        await desk.AddSlotAsync(id, new { imageId = former.Text("imageId"), name = "二群" });

        var problem = await UndoAsync(desk, path, replaced).ProblemAsync(HttpStatusCode.Conflict, "slot.picture-doubtful", "overrideReason");
        problem.At("warnings")[0].Text("code").ShouldBe("picture.already-used");
        problem.At("warnings")[0].Text("message").ShouldContain("二群");
        var undone = await desk.PostAsync($"{path}/image/undo", new { imageId = replaced.Text("imageId"), overrideReason = "两处都用" }).JsonAsync();

        undone.Text("imageId").ShouldBe(former.Text("imageId"));
    }

    [Theory]
    [BothStores]
    public async Task Undo_SaysNo_WhenThereIsNothingToUndo(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var (_, former, path) = await SlotAsync(desk);

        await UndoAsync(desk, path, former).ProblemAsync(HttpStatusCode.Conflict, "slot.nothing-to-undo");
        await desk.PostAsync($"{path}/image/undo", new { }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "imageId");
        var replaced = await ReplaceAsync(desk, path, newGroup: false);
        await UndoAsync(desk, path, former).ProblemAsync(HttpStatusCode.Conflict, "slot.picture-changed-meanwhile");
        await UndoAsync(other, path, replaced).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.DeleteAsync(path);
        await UndoAsync(desk, path, replaced).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static async Task<(string Id, JsonElement Slot, string Path)> SlotAsync(Desk desk)
    {
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id);
        return (id, slot, $"slots/{slot.Text("id")}");
    }

    private static async Task<JsonElement> ReplaceAsync(Desk desk, string path, bool newGroup) =>
        await desk.PutAsync(path + "/image", new { imageId = await desk.PictureAsync(), newGroup }).JsonAsync();

    private static Task<HttpResponseMessage> UndoAsync(Desk desk, string path, JsonElement present) =>
        desk.PostAsync($"{path}/image/undo", new { imageId = present.Text("imageId") });

    private static (string, long, string) Held(JsonElement slot) => (slot.Text("imageId"), slot.Number("round"), slot.Text("expiresAt"));
}
