using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>Which group a visitor gets (spec E.1, E.5 items 1, 3 and 4).</summary>
public sealed class RotationTests
{
    [Theory, BothStores]
    public async Task Press_RetiresTheSlotExactlyAtItsThreshold_WhenVisitorsComeOneByOne(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var (code, slots) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 3, 2);
        var key = code.Text("key");

        var seen = new List<string>();
        for (var visitor = 0; visitor < 6; visitor++)
        {
            var phone = new Phone(app.Visitor());
            var page = await phone.ScanAsync(key);
            seen.Add(page.State == "qr" ? page.Slot : page.State);
            if (page.State == "qr")
            {
                (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
            }
        }

        seen.ShouldBe([slots[0], slots[0], slots[0], slots[1], slots[1], "off-duty"]);
    }

    [Theory, BothStores]
    public async Task Press_LosesNoneAndOvershootsAtMostByTheOpenPages_WhenVisitorsCrowd(Store store)
    {
        const int together = 20;
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 500);
        var key = code.Text("key");

        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = together }, async (_, _) =>
        {
            var phone = new Phone(app.Visitor());
            var page = await phone.ScanAsync(key);
            (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
        });

        var slots = await console.SlotsAsync(code);
        slots[0].Number("pressVisitors").ShouldBeInRange(100, 100 + together);
        slots.Sum(slot => slot.Number("pressVisitors")).ShouldBe(300);
        slots.Sum(slot => slot.Number("visitors")).ShouldBe(300);
        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((300, 300, 300, 300));
    }

    [Fact]
    public async Task Press_RetiresTheSlotOnce_WhenTwoProcessesShareOnePostgres()
    {
        await using var first = await HuomaApp.StartAsync(Store.Postgres);
        await using var second = first.StartAnother();
        HuomaApp[] apps = [first, second];
        var console = new Operator(await first.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 10, 10, 10);
        var key = code.Text("key");

        // One by one, but each on the other process than the one before.
        var seen = new List<string>();
        for (var visitor = 0; visitor < 31; visitor++)
        {
            var phone = new Phone(apps[visitor % 2].Visitor());
            var page = await phone.ScanAsync(key);
            seen.Add(page.State == "qr" ? page.Slot : page.State);
            if (page.State == "qr")
            {
                (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
            }
        }

        seen.ShouldBe([.. Enumerable.Repeat(slots[0], 10), .. Enumerable.Repeat(slots[1], 10), .. Enumerable.Repeat(slots[2], 10), "off-duty"]);
    }

    [Fact]
    public async Task Scan_CountsEveryVisitOnce_WhenTwoProcessesAreHitTogether()
    {
        await using var first = await HuomaApp.StartAsync(Store.Postgres);
        await using var second = first.StartAnother();
        HuomaApp[] apps = [first, second];
        var console = new Operator(await first.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 50, 500);
        var key = code.Text("key");

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (visitor, _) =>
        {
            var phone = new Phone(apps[visitor % 2].Visitor());
            (await phone.PressAsync(key, await phone.ScanAsync(key))).ShouldBe(HttpStatusCode.NoContent);
        });

        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((200, 200, 200, 200));
        (await console.SlotsAsync(code)).Sum(slot => slot.Number("pressVisitors")).ShouldBe(200);
    }

    [Theory, BothStores]
    public async Task Scan_ShowsTheSlotSeenBefore_WhileItIsUsable(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        var before = await phone.ScanAsync(key);
        await phone.PressAsync(key, before);

        // Full by now, yet his.
        (await phone.ScanAsync(key)).Slot.ShouldBe(slots[0]);

        // The binding is to the slot, not to the picture (D7).
        var picture = (await console.UploadAsync(Pictures.Groups[1])).Id();
        await console.SendAsync(HttpMethod.Put, $"slots/{slots[0]}/image", new { imageId = picture });
        var replaced = await phone.ScanAsync(key);
        replaced.Slot.ShouldBe(slots[0]);
        replaced.Html.ShouldNotContain(ImageOf(before));

        // Switched off: the next slot, and the binding moves with it.
        await console.PatchAsync($"slots/{slots[0]}", new { enabled = false });
        (await phone.ScanAsync(key)).Slot.ShouldBe(slots[1]);
        await console.PatchAsync($"slots/{slots[0]}", new { enabled = true, threshold = 500 });
        (await phone.ScanAsync(key)).Slot.ShouldBe(slots[1]);

        // A newcomer gets the first slot, which has room again (D6).
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[0]);
    }

    [Theory, BothStores]
    public async Task Scan_ShowsTheFirstSlotWithRoom_WhenTheCodeIsNotSticky(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: false, 1, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        var first = await phone.ScanAsync(key);
        await phone.PressAsync(key, first);

        (await phone.ScanAsync(key)).Slot.ShouldBe(slots[1]);

        // The page he still has open may be pressed: he was shown that slot.
        (await phone.PressAsync(key, first)).ShouldBe(HttpStatusCode.NoContent);
        var counts = await console.CountsAsync(code);
        (counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((2, 1));
    }

    [Theory, BothStores]
    public async Task Scan_ShowsNoSlotFromTheInstantItExpires(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateCodeAsync();
        var key = code.Text("key");
        var expiresAt = app.Clock.GetUtcNow().AddDays(7);
        var slot = await console.AddSlotAsync(code.Id(), expiresAt: expiresAt);
        var phone = new Phone(app.Visitor());

        app.Clock.Set(expiresAt.AddSeconds(-1));
        (await phone.ScanAsync(key)).Slot.ShouldBe(slot);

        app.Clock.Set(expiresAt);
        (await phone.ScanAsync(key)).State.ShouldBe("off-duty");
        console = new Operator(await app.SignInAsync());
        (await console.SlotsAsync(code))[0].Text("state").ShouldBe("expired");

        // A new picture makes it good again, for him as well.
        var picture = (await console.UploadAsync(Pictures.Groups[1])).Id();
        await console.SendAsync(HttpMethod.Put, $"slots/{slot}/image", new { imageId = picture });
        (await phone.ScanAsync(key)).Slot.ShouldBe(slot);
    }

    [Theory, BothStores]
    public async Task Replace_RestartsTheCounters_OnlyWhenItIsANewGroup(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        await phone.PressAsync(key, await phone.ScanAsync(key));
        var picture = (await console.UploadAsync(Pictures.Groups[1])).Id();

        await console.SendAsync(HttpMethod.Put, $"slots/{slots[0]}/image", new { imageId = picture, newGroup = false });
        Figures(await console.SlotsAsync(code)).ShouldBe([("full", 1L)]);

        await console.SendAsync(HttpMethod.Put, $"slots/{slots[0]}/image", new { imageId = picture, newGroup = true });
        Figures(await console.SlotsAsync(code)).ShouldBe([("serving", 0L)]);

        // The same visitor in the new group is a new presser of it, and the code's lifetime figures go on.
        var again = await phone.ScanAsync(key);
        (await phone.PressAsync(key, again)).ShouldBe(HttpStatusCode.NoContent);
        Figures(await console.SlotsAsync(code)).ShouldBe([("full", 1L)]);
        var counts = await console.CountsAsync(code);
        (counts.Number("presses"), counts.Number("pressVisitors"), counts.Number("visitors")).ShouldBe((2, 1, 1));
    }

    [Theory, BothStores]
    public async Task Scan_IsOffDuty_WhenTheCodeIsClosedDeletedOrEmpty(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());

        await console.PatchAsync($"codes/{code.Id()}", new { status = "off" });
        await ShouldBeOffDuty(phone, key);
        await console.PatchAsync($"codes/{code.Id()}", new { status = "on" });
        (await phone.ScanAsync(key)).Slot.ShouldBe(slots[0]);
        await console.SendAsync(HttpMethod.Delete, $"slots/{slots[0]}");
        await ShouldBeOffDuty(phone, key);
        await console.SendAsync(HttpMethod.Delete, $"codes/{code.Id()}");
        await ShouldBeOffDuty(phone, key);

        var unknown = await phone.ScanAsync("nosuchkey");
        (unknown.Status, unknown.State).ShouldBe((HttpStatusCode.NotFound, "off-duty"));
    }

    private static async Task ShouldBeOffDuty(Phone phone, string key)
    {
        var page = await phone.ScanAsync(key);
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "off-duty"));
        page.Html.ShouldContain("店小二已下班");
    }

    private static IEnumerable<(string State, long PressVisitors)> Figures(IReadOnlyList<JsonElement> slots) =>
        slots.Select(slot => (slot.Text("state"), slot.Number("pressVisitors")));

    private static string ImageOf(SeenPage page)
    {
        var start = page.Html.IndexOf("/m/", StringComparison.Ordinal);
        return page.Html[start..page.Html.IndexOf('"', start)];
    }
}
