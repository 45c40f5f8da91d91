using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>按展示人数上限 and 座位租约 as visitors meet them (U4).</summary>
public sealed class SeatCapTests
{
    [Theory, BothStores]
    public async Task Cap_IsNeverPassed_WhenACrowdComesAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await CappedAsync(console, cap: 10, lease: null, slotCount: 4);
        var pages = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => new Phone(app.Visitor()).ScanAsync(code)));

        pages.Count(page => page.State == "off-duty").ShouldBe(20);
        foreach (var slot in slots)
        {
            pages.Count(page => page.Slot == slot).ShouldBe(10);
        }
    }

    [Theory, BothStores]
    public async Task Cap_IsNeverPassed_WhenTwoProcessesAreScannedAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await CappedAsync(console, cap: 15, lease: null, slotCount: 2);
        var pages = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(number => new Phone((number % 2 == 0 ? app : other).Visitor()).ScanAsync(code)));

        slots.Select(slot => pages.Count(page => page.Slot == slot)).ShouldBe([15, 15]);
    }

    [Theory, BothStores]
    public async Task Cap_CountsWhoWasShownTheSlotBefore_WhenItIsSwitchedOnLater(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 100);
        var key = code.Text("key");
        var first = new Phone(app.Visitor());
        await first.ScanAsync(key);
        await new Phone(app.Visitor()).ScanAsync(key);

        await console.PatchAsync($"codes/{code.Id()}", new { seats = new { cap = 3 } });
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[0]);
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[1]);
        (await first.ScanAsync(key)).Slot.ShouldBe(slots[0], "his seat is his, though the slot is full");

        await console.PatchAsync($"codes/{code.Id()}", new { seats = new { cap = (int?)null } });
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[0]);
        await console.PatchAsync($"codes/{code.Id()}", new { seats = new { cap = 4 } });
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[1], "the fourth came while there was no cap");
    }

    [Theory, BothStores]
    public async Task Seat_GoesBack_WhenItsVisitorDoesNotPress(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (key, slots) = await CappedAsync(console, cap: 1, lease: 5, slotCount: 2);
        var idle = new Phone(app.Visitor());
        var page = await idle.ScanAsync(key);
        page.Html.ShouldContain("data-lease=\"5\"");
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[1]);
        (await new Phone(app.Visitor()).ScanAsync(key)).State.ShouldBe("off-duty");

        app.Clock.Set(app.Clock.GetUtcNow().AddMinutes(6));
        var next = new Phone(app.Visitor());
        var nextPage = await next.ScanAsync(key);
        nextPage.Slot.ShouldBe(slots[0]);
        (await next.PressAsync(key, nextPage)).ShouldBe(HttpStatusCode.NoContent);
        (await idle.ScanAsync(key)).Slot.ShouldBe(slots[1], "his seat went to another; he gets one that is free");

        app.Clock.Set(app.Clock.GetUtcNow().AddMinutes(6));
        (await next.ScanAsync(key)).Slot.ShouldBe(slots[0], "who pressed keeps his seat");
        (await new Phone(app.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[1], "who did not press lost it again");
    }

    private static async Task<(string Key, IReadOnlyList<string> Slots)> CappedAsync(Operator console, int cap, int? lease, int slotCount)
    {
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, [.. Enumerable.Repeat(100, slotCount)]);
        await console.PatchAsync($"codes/{code.Id()}", new { seats = new { cap, leaseMinutes = lease } });
        return (code.Text("key"), slots);
    }
}
