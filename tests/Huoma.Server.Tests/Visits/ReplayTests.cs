using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Visits;

/// <summary>决策回放: why each visitor saw what he saw (U6).</summary>
public sealed class ReplayTests
{
    [Theory, BothStores]
    public async Task List_TellsWhyEachVisitorSawWhatHeSaw_NewestFirst(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1);
        var (card, _) = await console.CreateCardsAsync(recycle: false, 100);
        var key = code.Text("key");
        var first = new Phone(app.Visitor());
        await first.PressAsync(key, await first.ScanAsync(key));
        await first.ScanAsync(key);
        await new Phone(app.Visitor()).ScanAsync(key);
        await console.PatchAsync($"codes/{code.Id()}", new { handOver = new { enabled = true, targetNumber = card.Text("number"), when = "exhausted" } });
        await new Phone(app.Visitor()).ScanAsync(key);
        await console.PatchAsync($"codes/{code.Id()}", new { status = "off" });
        await first.ScanAsync(key);

        var visits = await ListAsync(console, code);

        visits.Select(visit => visit.Text("reason")).ShouldBe(["closed", "handed-over-when-exhausted", "all-full", "bound", "first-usable"]);
        visits[4].Text("slotId").ShouldBe(slots[0]);
        visits[4].Text("slotName").ShouldBe("一群");
        visits[4].GetProperty("hasPressed").GetBoolean().ShouldBeTrue();
        visits[4].Text("client").ShouldBe("we-chat-ios");
        visits[3].Text("visitor").ShouldBe(visits[4].Text("visitor"));
        visits[2].Text("visitor").ShouldNotBe(visits[4].Text("visitor"));
        visits[2].GetProperty("slotId").ValueKind.ShouldBe(JsonValueKind.Null);
        var there = (await ListAsync(console, card)).ShouldHaveSingleItem();
        there.GetProperty("fromCode").Text("id").ShouldBe(code.Id());
        there.Text("reason").ShouldBe("first-usable");
    }

    [Theory, BothStores]
    public async Task List_FindsByTimeSlotVisitorAndReason_PageByPage(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 2, 100);
        var (busy, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 500);
        var start = app.Clock.GetUtcNow();
        for (var hour = 0; hour < 5; hour++)
        {
            app.Clock.Set(start.AddHours(hour * 2));
            for (var visitor = 0; visitor < 3; visitor++)
            {
                var phone = new Phone(app.Visitor());
                await phone.PressAsync(code.Text("key"), await phone.ScanAsync(code.Text("key")));
                await phone.ScanAsync(busy.Text("key"));
            }
        }

        (await ListAsync(console, code)).Count.ShouldBe(15);
        (await ListAsync(console, code, $"slotId={slots[0]}")).Count.ShouldBe(2);
        (await ListAsync(console, code, $"from={Desk.Iso(start.AddHours(2))}&to={Desk.Iso(start.AddHours(6))}")).Count.ShouldBe(6);
        (await ListAsync(console, code, "reason=all-full")).ShouldBeEmpty();
        (await ListAsync(console, code, "channelId=own")).Count.ShouldBe(15);
        (await ListAsync(console, code, "channelId=00000000009")).ShouldBeEmpty();
        var one = (await ListAsync(console, code))[7];
        (await ListAsync(console, code, $"visitor={one.Text("visitor")}")).ShouldHaveSingleItem().Text("id").ShouldBe(one.Text("id"));

        var pages = new List<JsonElement>();
        for (var next = ""; next is not null;)
        {
            var page = await console.GetAsync($"codes/{code.Id()}/visits?count=4{next}");
            pages.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString() is { } before ? $"&before={before}" : null;
        }

        pages.Select(visit => visit.Text("id")).Distinct(StringComparer.Ordinal).Count().ShouldBe(15);
        pages.Select(visit => visit.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
    }

    [Theory, BothStores]
    public async Task List_RefusesWhatMakesNoSense_AndShowsNobodyElsesVisits(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Text("id");
        var other = await Desk.OpenOtherTenantAsync(app);

        (await desk.GetAsync($"codes/{code}/visits?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z").JsonAsync(HttpStatusCode.BadRequest)).At("errors").TryGetProperty("from", out _).ShouldBeTrue();
        (await desk.GetAsync($"codes/{code}/visits?from=2020-11-22T00:00:00Z")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync($"codes/{code}/visits?reason=luck")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync($"codes/{code}/visits?before=x&visitor=%00")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync($"codes/{code}/visits")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"codes/{code}/preview")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsync($"codes/{code}/rehearsal", new { visitors = 1, perHour = 1 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothStores]
    public async Task Preview_TellsWhatANewVisitorWouldSee_AndLeavesNoTrace(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1);
        var (card, cards) = await console.CreateCardsAsync(recycle: false, 100);
        var preview = await console.GetAsync($"codes/{code.Id()}/preview");
        (preview.Text("state"), preview.Text("slotId"), preview.Text("reason")).ShouldBe(("qr", slots[0], "first-usable"));

        var phone = new Phone(app.Visitor());
        await phone.PressAsync(code.Text("key"), await phone.ScanAsync(code.Text("key")));
        preview = await console.GetAsync($"codes/{code.Id()}/preview");
        (preview.Text("state"), preview.Text("reason")).ShouldBe(("off-duty", "all-full"));

        await console.PatchAsync($"codes/{code.Id()}", new { handOver = new { enabled = true, targetNumber = card.Text("number"), when = "exhausted" } });
        preview = await console.GetAsync($"codes/{code.Id()}/preview");
        (preview.Text("state"), preview.Text("slotId")).ShouldBe(("qr", cards[0]));
        preview.GetProperty("handedOverTo").Text("number").ShouldBe(card.Text("number"));
        (await console.CountsAsync(card)).Number("scans").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Rehearsal_StartsFromThePresentCounts_AndTellsWhenWhichSlotFills(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 3, 5);
        var phone = new Phone(app.Visitor());
        await phone.PressAsync(code.Text("key"), await phone.ScanAsync(code.Text("key")));

        var answer = await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/rehearsal", new { visitors = 10, perHour = 60 });

        var runs = answer.GetProperty("runs").EnumerateArray().ToList();
        runs.Select(run => (run.Number("first"), run.Number("last"))).ShouldBe([(1, 2), (3, 7), (8, 10)]);
        runs.Take(2).Select(run => run.Text("slotId")).ShouldBe(slots);
        runs[2].Text("reason").ShouldBe("all-full");
        runs[2].GetProperty("from").GetDateTimeOffset().ShouldBe(app.Clock.GetUtcNow().AddMinutes(7));
        (await console.CountsAsync(code)).Number("scans").ShouldBe(1, "nothing of it was stored");
    }

    [Theory, BothStores]
    public async Task Rehearsal_RefusesPlansOutOfRange(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var path = $"codes/{(await desk.CreateCodeAsync()).Text("id")}/rehearsal";

        foreach (var (plan, field) in new (object, string)[]
        {
            (new { perHour = 60 }, "visitors"),
            (new { visitors = 0, perHour = 60 }, "visitors"),
            (new { visitors = 100_001, perHour = 60 }, "visitors"),
            (new { visitors = 10, perHour = 0 }, "perHour"),
            (new { visitors = 10, perHour = 60, pressPercent = 101 }, "pressPercent"),
            (new { visitors = 10, perHour = 60, openPages = -1 }, "openPages"),
            (new { visitors = 10, perHour = 60, startsAt = "9999-12-31T23:59:59Z" }, "startsAt"),
        })
        {
            (await desk.PostAsync(path, plan).JsonAsync(HttpStatusCode.BadRequest)).At("errors").TryGetProperty(field, out _).ShouldBeTrue(field);
        }

        (await desk.PostAsync(path, new { visitors = 10, perHour = 60 }).JsonAsync()).At("runs")[0].Text("reason").ShouldBe("no-slot");
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(Operator console, JsonElement code, string query = "") =>
        [.. (await console.GetAsync($"codes/{code.Id()}/visits?{query}")).GetProperty("items").EnumerateArray()];
}
