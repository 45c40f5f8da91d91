using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class ConcurrentEditTests
{
    [Theory]
    [BothStores]
    public async Task Edit_IsRefused_WhenSomebodyElseSavedFirst(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var path = $"codes/{code.Text("id")}";
        var version = code.Number("version");

        var saved = await desk.PatchAsync(path, new { version, name = "先" }).JsonAsync();

        await desk.PatchAsync(path, new { version, name = "后" }).ProblemAsync(HttpStatusCode.Conflict, "live-code.changed-meanwhile");
        (await desk.CodeAsync(code.Text("id"))).Text("name").ShouldBe("先");
        await desk.PatchAsync(path, new { version = saved.Number("version"), name = "再" }).JsonAsync();
        await desk.PatchAsync(path, new { name = "随" }).JsonAsync();
    }

    [Theory]
    [BothStores]
    public async Task Edits_AtTheSameTime_AllHappen(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var another = store == Store.Postgres ? app.StartAnother() : null;
        var desks = new List<Desk> { await Desk.OpenAsync(app), await Desk.OpenAsync(another ?? app) };
        var code = await desks[0].CreateCodeAsync();
        var id = code.Text("id");
        var first = await desks[0].AddSlotAsync(id, "一群");
        var pictures = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => desks[0].PictureAsync()));

        // Two editors add slots, rename the code and change a slot, all at once.
        var edits = pictures.Select((imageId, at) => desks[at % 2].PostAsync($"codes/{id}/slots", new { imageId, name = $"新{at}" }))
            .Concat(Enumerable.Range(0, 6).Select(at => desks[at % 2].PatchAsync($"codes/{id}", new { name = $"名{at}" })))
            .Concat(Enumerable.Range(0, 6).Select(at => desks[at % 2].PatchAsync($"slots/{first.Text("id")}", new { threshold = 10 + at })));
        foreach (var answer in await Task.WhenAll(edits))
        {
            ((int)answer.StatusCode).ShouldBeInRange(200, 201, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var slots = await desks[0].SlotsAsync(id);
        slots.Select(slot => slot.Number("position")).ShouldBe(Enumerable.Range(1, 13).Select(at => (long)at));
        slots.Count(slot => slot.Text("state") == "serving").ShouldBe(1);
        (await desks[0].CodeAsync(id)).Number("version").ShouldBeGreaterThanOrEqualTo(code.Number("version") + 25);
    }

    [Theory]
    [BothStores]
    public async Task Edit_IsSaved_WhileSomebodyDeletesTheCode_OrFindsItGone(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var imageId = await desk.PictureAsync();

        var answers = await Task.WhenAll(
            desk.DeleteAsync($"codes/{id}"), desk.PostAsync($"codes/{id}/slots", new { imageId }), desk.PatchAsync($"codes/{id}", new { name = "x" }));

        answers[0].StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answers[1].StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.NotFound);
        answers[2].StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        await desk.GetAsync($"codes/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
